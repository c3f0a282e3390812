package org.tidebox.cli.internal.commands;

import org.tidebox.agent.AgentException;
import org.tidebox.cli.internal.demo.Demo;
import org.tidebox.cli.internal.demo.DemoResult;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.control.ControlException;
import org.tidebox.server.admin.AdminException;

/** The step from the command to the demo: apart, since a product that lacks one side's classes must still show its help. */
final class DemoRun {
    private DemoRun() {
    }

    static DemoResult of(Shell shell, boolean silent, boolean keep) throws Exception {
        try {
            return new Demo(shell, silent).run(keep);
        } catch (AgentException e) {
            throw new CommandFailure(AgentText.of(e), e);
        } catch (AdminException | ControlException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
