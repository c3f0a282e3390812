package org.tidebox.cli.internal.commands;

import java.util.List;
import java.util.stream.Stream;
import org.tidebox.agent.AgentStatus;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.sync.folder.Problem;

/** Why a wait ended, in one line. */
record WaitText(Shell shell, AgentStatus status) {
    private static final String MORE = "'tidebox status' tells more";

    /** Says that all is well; folders that rest are not waited for. */
    String synced() {
        List<String> resting = status.folders().stream()
                .filter(folder -> folder.activity() == FolderActivity.PAUSED)
                .map(folder -> shell.show(folder.directory())).toList();
        if (status.folders().isEmpty()) {
            return "No folder is synchronised yet. Add one: tidebox folder add DIR";
        }
        return resting.isEmpty()
                ? "Everything is up to date."
                : "Everything is up to date, except what rests until 'tidebox folder resume': "
                        + String.join(", ", resting);
    }

    /** Says what is in the way: what needs a person first. */
    String reason() {
        return Stream.of(account(), folder(FolderActivity.ASKING), folder(FolderActivity.FAILED),
                folder(FolderActivity.WAITING), connection(), problems()).flatMap(List::stream).findFirst()
                .orElse("there is still work to do; " + MORE);
    }

    private List<String> account() {
        return status.account() == null ? List.of("nobody is logged in on this device; use 'tidebox join'") : List.of();
    }

    private List<String> connection() {
        boolean broken = status.connection() == ConnectionState.UNTRUSTED
                || status.connection() == ConnectionState.LOGIN_NEEDED
                || status.connection() == ConnectionState.OFFLINE;
        return broken && status.message() != null ? List.of(status.message()) : List.of();
    }

    private List<String> folder(FolderActivity activity) {
        return status.folders().stream().filter(folder -> folder.activity() == activity && folder.message() != null)
                .map(folder -> shell.show(folder.directory()) + ": " + Words.of(folder.message())).toList();
    }

    private List<String> problems() {
        return status.folders().stream().filter(folder -> !folder.problems().isEmpty()).map(this::problems).toList();
    }

    private String problems(FolderReport folder) {
        Problem first = folder.problems().getFirst();
        String all = Units.count(folder.problems().size(), "problem") + " in " + shell.show(folder.directory());
        return all + ": " + first.path() + ": " + Words.of(first.reason())
                + (folder.problems().size() > 1 ? "; " + MORE : "");
    }
}
