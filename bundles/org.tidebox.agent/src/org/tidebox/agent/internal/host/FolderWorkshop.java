package org.tidebox.agent.internal.host;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.internal.account.DeviceState;
import org.tidebox.agent.internal.events.ActivityLog;
import org.tidebox.agent.internal.folders.Agenda;
import org.tidebox.agent.internal.folders.FolderEngine;
import org.tidebox.agent.internal.folders.FolderRunner;
import org.tidebox.agent.internal.folders.FolderWatch;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.rules.IgnoreBook;
import org.tidebox.agent.internal.rules.QuestionBoard;
import org.tidebox.agent.internal.rules.RuleBook;
import org.tidebox.remote.Remote;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.SyncListener;

/** Sets sync folders to work: engine, agenda, watch and runner. */
final class FolderWorkshop implements OpenFolder.Workshop {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWorkshop.class);

    private final AgentProcess.Parts parts;
    private final Remote remote;
    private final DeviceState state;
    private final RuleBook rules;
    private final IgnoreBook ignores;
    private final QuestionBoard board;
    private final ActivityLog log;
    private final RandomGenerator random;

    FolderWorkshop(AgentProcess.Parts parts, Remote remote, DeviceState state, RuleBook rules,
            IgnoreBook ignores, QuestionBoard board, ActivityLog log, RandomGenerator random) {
        this.parts = parts;
        this.remote = remote;
        this.state = state;
        this.rules = rules;
        this.ignores = ignores;
        this.board = board;
        this.log = log;
        this.random = random;
    }

    @Override
    public OpenFolder.Work open(FolderDefinition definition, Path root, TreeStore trees) {
        Agenda agenda = new Agenda();
        FolderEngine engine = parts.engines().open(definition, root, trees, remote, device(),
                new StepListener(step -> log.add(root, step)));
        engine.rules(rules.of(definition.id()));
        engine.ignore(ignores, ignores.defaults());
        engine.deleteIgnored(deletesIgnored(definition));
        FolderWatch watch = new FolderWatch(root, parts.services().watchers(), agenda,
                engine::groundSeen);
        FolderRunner runner = new FolderRunner(definition.libraryName(), engine, agenda,
                batch -> board.found(root, batch), random);
        watch.start();
        runner.start();
        return new OpenFolder.Work(engine, agenda, watch, runner);
    }

    /** Where nobody can tell, all stays. */
    private boolean deletesIgnored(FolderDefinition definition) {
        try {
            return state.deletesIgnored(definition.id());
        } catch (TreeStoreException e) {
            LOG.warn("Whether ignored files of {} are deleted with their folders cannot be read: {}",
                    definition.root(), e.getMessage());
            return false;
        }
    }

    /** The device's name is part of the names of conflict copies; without a login it does not matter much. */
    private String device() {
        try {
            return state.login().map(DeviceState.Login::device).orElse(parts.device());
        } catch (TreeStoreException e) {
            LOG.warn("The device's name cannot be read: {}", e.getMessage());
            return parts.device();
        }
    }

    /** Hears what was done; what else goes on is asked for. */
    private record StepListener(Consumer<DoneStep> steps) implements SyncListener {
        @Override
        public void changed() {
            // Whoever wants to know looks.
        }

        @Override
        public void done(DoneStep step) {
            steps.accept(step);
        }
    }
}
