package org.tidebox.agent.internal.rules;

import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.Home;
import org.tidebox.agent.RuleReport;
import org.tidebox.model.ModelException;
import org.tidebox.rules.Decider;
import org.tidebox.rules.TypeDetectorRegistry;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.rules.FolderRules;

/**
 * The rules of this device, read when somebody first needs them: where nothing was ever configured, the model is not
 * even loaded. Thread-safe.
 */
public final class RuleBook {
    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    private final Home home;
    private final TypeDetectorRegistry types;
    private final InstantSource clock;
    private RuleModel model;

    public RuleBook(Home home, TypeDetectorRegistry types, InstantSource clock) {
        this.home = home;
        this.types = types;
        this.clock = clock;
    }

    /** Returns what decides on a folder's transfers; if the rules cannot be read, nothing is transferred. */
    public synchronized FolderRules of(FolderId folder) {
        if (model == null && !isConfigured()) {
            return FolderRules.NONE;
        }
        try {
            return model().rules(folder);
        } catch (ModelException e) {
            LOG.error("All transfers are held: {}", e.getMessage());
            Decider broken = Decider.broken(List.of(e.getMessage()));
            return new FolderRules(broken, broken);
        }
    }

    /** Returns the rules of a folder, for people. */
    synchronized RuleReport report(FolderId folder, String directory) throws ModelException {
        return model == null && !isConfigured()
                ? RuleCompiler.noRules(directory)
                : model().report(folder, directory);
    }

    /** Forgets the rules of a folder that is none any more. */
    synchronized void forget(FolderId folder) {
        try {
            if (model != null || isConfigured()) {
                model().forget(folder);
            }
        } catch (ModelException e) {
            LOG.warn("The rules of a folder that was removed stay where they do no harm: {}", e.getMessage());
        }
    }

    /** Returns what is configured, to look at and to change. */
    synchronized RuleModel model() throws ModelException {
        if (model == null) {
            model = RuleModel.open(home.configuration(), new LeasedTypes(types), clock);
            model.notice().ifPresent(LOG::warn);
        }
        return model;
    }

    /** Returns what the person should be told, as that a damaged configuration was replaced. */
    synchronized Optional<String> notice() {
        return model == null ? Optional.empty() : model.notice();
    }

    /** The file may be lost while its good copy beside it is not. */
    private boolean isConfigured() {
        String[] beside = home.root().toFile().list((folder, name) -> name.startsWith("configuration"));
        return Files.exists(home.configuration()) || beside != null && beside.length > 0;
    }
}
