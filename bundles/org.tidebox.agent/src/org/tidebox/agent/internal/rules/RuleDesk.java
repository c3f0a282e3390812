package org.tidebox.agent.internal.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;

/** All that a person can ask and say about rules, what they hold back, and what is ignored. */
public final class RuleDesk implements AutoCloseable {
    private final SyncFolders folders;
    private final IgnoreBook ignores;
    private final RuleCommands rules;
    private final TypeGroupCommands groups;
    private final HeldCommands held;
    private IgnoreWatch watch;

    public RuleDesk(SyncFolders folders, RuleBook book, IgnoreBook ignores, QuestionBoard board) {
        this.folders = folders;
        this.ignores = ignores;
        RuleChanges changes = new RuleChanges(folders, book);
        this.rules = new RuleCommands(folders, book, changes);
        this.groups = new TypeGroupCommands(book, changes);
        this.held = new HeldCommands(folders, changes, board);
    }

    public RuleCommands rules() {
        return rules;
    }

    public TypeGroupCommands groups() {
        return groups;
    }

    public HeldCommands held() {
        return held;
    }

    /** Returns what a person should know about rules and ignore file, a line each. */
    public List<String> notices() {
        return Stream.of(rules.notice(), ignores.notice()).flatMap(Optional::stream).toList();
    }

    /** A folder is none any more, and its rules go with it. */
    public void forget(OpenFolder folder) {
        rules.forget(folder);
    }

    /** Lets what the owner changes of what is ignored count at once. */
    public void watch() {
        watch = IgnoreWatch.begin(ignores.file(), () -> {
            if (ignores.hasChanged()) {
                String defaults = ignores.defaults();
                folders.all().forEach(folder -> folder.ignoreAnew(ignores, defaults));
            }
        });
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
