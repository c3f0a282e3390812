package org.tidebox.agent.internal.events;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.FolderProgress;
import org.tidebox.agent.events.FolderQuestion;
import org.tidebox.agent.events.FolderSummary;
import org.tidebox.agent.internal.folders.FolderLook;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;

/** What was told of one folder, so that only what is otherwise is told again. */
final class FolderSeen {
    private final EventFeed feed;
    private final String directory;
    private final WorkMeter meter = new WorkMeter();
    private FolderSummary summary;
    private FolderProgress progress = FolderProgress.NONE;
    private FolderQuestion question;
    private Map<String, Problem> problems = Map.of();
    private Set<String> conflicts = Set.of();

    FolderSeen(EventFeed feed, String directory) {
        this.feed = feed;
        this.directory = directory;
    }

    /** Tells what is otherwise now. */
    void tell(FolderLook look, Optional<FolderQuestion> asked, Instant now) {
        if (!look.summary().equals(summary)) {
            summary = look.summary();
            feed.publish(EventKind.FOLDER, directory,
                    revision -> new AgentEvent.FolderChanged(revision, look.summary()));
        }
        tellProgress(meter.measure(look, now));
        tellQuestion(look.summary().activity() == FolderActivity.ASKING
                ? new FolderQuestion(FolderQuestion.Kind.STOPPED, look.summary().message(), 0)
                : asked.orElse(null));
        tellProblems(look.problems());
        tellConflicts(look.conflicts());
    }

    /** It is a sync folder no longer. */
    void tellRemoved() {
        feed.publish(EventKind.FOLDER, directory, revision -> new AgentEvent.FolderRemoved(revision, directory));
    }

    private void tellProgress(FolderProgress now) {
        if (!now.equals(progress)) {
            progress = now;
            feed.publish(EventKind.PROGRESS, directory,
                    revision -> new AgentEvent.ProgressChanged(revision, directory, now));
        }
    }

    private void tellQuestion(FolderQuestion now) {
        if (!Objects.equals(now, question)) {
            question = now;
            feed.publish(EventKind.QUESTION, directory,
                    revision -> new AgentEvent.QuestionChanged(revision, directory, now));
        }
    }

    private void tellProblems(List<Problem> now) {
        Map<String, Problem> present = new HashMap<>();
        now.forEach(problem -> present.put(problem.path(), problem));
        present.forEach((path, problem) -> {
            if (!problem.equals(problems.get(path))) {
                tellProblem(path, problem.reason(), problem.retried());
            }
        });
        problems.keySet().stream().filter(path -> !present.containsKey(path))
                .forEach(path -> tellProblem(path, null, false));
        problems = present;
    }

    private void tellProblem(String path, Obstacle reason, boolean retried) {
        feed.publish(EventKind.PROBLEM, List.of(directory, path),
                revision -> new AgentEvent.ProblemChanged(revision, directory, path, reason, retried));
    }

    private void tellConflicts(List<String> now) {
        Set<String> present = new HashSet<>(now);
        present.stream().filter(path -> !conflicts.contains(path)).forEach(path -> tellConflict(path, false));
        conflicts.stream().filter(path -> !present.contains(path)).forEach(path -> tellConflict(path, true));
        conflicts = present;
    }

    private void tellConflict(String path, boolean settled) {
        feed.publish(EventKind.CONFLICT, List.of(directory, path),
                revision -> new AgentEvent.ConflictChanged(revision, directory, path, settled));
    }
}
