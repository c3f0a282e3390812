package org.tidebox.agent.internal.events;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.FolderQuestion;
import org.tidebox.agent.internal.folders.OpenFolder;

/**
 * Looks at account, connection and folders, and publishes what has changed since the last look. Only those look who
 * follow the feed, so that it costs nothing while nobody does. Thread-safe.
 */
public final class StateWatch {
    /** However many follow, it is not looked more often. */
    static final Duration PACE = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);

    private final EventFeed feed;
    private final Supplier<Account> account;
    private final Supplier<List<OpenFolder>> folders;
    private final Function<Path, Optional<FolderQuestion>> questions;
    private final InstantSource clock;
    private final Map<Path, FolderSeen> seen = new HashMap<>();
    private Account told;
    private Instant lookedAt;

    /**
     * How it stands with the account.
     *
     * @param status who is logged in, or {@code null}
     * @param message what a person should know about the connection, or {@code null}
     */
    public record Account(AccountStatus status, ConnectionState connection, String message) {
    }

    /**
     * Has looked at nothing yet.
     *
     * @param account tells how it stands with the account
     * @param folders returns the sync folders
     * @param questions returns what rules ask in a folder
     */
    public StateWatch(EventFeed feed, Supplier<Account> account, Supplier<List<OpenFolder>> folders,
            Function<Path, Optional<FolderQuestion>> questions, InstantSource clock) {
        this.feed = feed;
        this.account = account;
        this.folders = folders;
        this.questions = questions;
        this.clock = clock;
    }

    /** Looks, unless somebody has just now. */
    public synchronized void look() {
        Instant now = clock.instant();
        if (lookedAt != null && Duration.between(lookedAt, now).abs().compareTo(PACE) < 0) {
            return;
        }
        lookedAt = now;
        Account present = account.get();
        if (!present.equals(told)) {
            told = present;
            feed.publish(EventKind.ACCOUNT, "account", revision -> new AgentEvent.AccountChanged(revision,
                    present.status(), present.connection(), present.message()));
        }
        List<OpenFolder> open = folders.get();
        Set<Path> gone = new HashSet<>(seen.keySet());
        for (OpenFolder folder : open) {
            gone.remove(folder.root());
            look(folder, now);
        }
        gone.forEach(root -> seen.remove(root).tellRemoved());
    }

    private void look(OpenFolder folder, Instant now) {
        try {
            seen.computeIfAbsent(folder.root(), root -> new FolderSeen(feed, root.toString()))
                    .tell(folder.look(), questions.apply(folder.root()), now);
        } catch (AgentException e) {
            LOG.debug("The next look may tell more of {}", folder.root(), e);
        }
    }
}
