package org.tidebox.agent.internal.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.AskAnswer;
import org.tidebox.agent.AskReport;
import org.tidebox.agent.HeldEntry;
import org.tidebox.agent.internal.folders.FolderEngine;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.agent.internal.folders.Waiting;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.rules.Held;

/**
 * What people ask about what the rules hold back, and what they say to it.
 *
 * @param folders the sync folders
 * @param changes changes rules, where an answer is to be one
 * @param board the questions that are asked
 */
public record HeldCommands(SyncFolders folders, RuleChanges changes, QuestionBoard board) {
    /**
     * What is meant in one folder at work.
     *
     * @param folder the folder
     * @param engine works on it
     * @param paths relative to it; none for all of it
     */
    private record Part(OpenFolder folder, FolderEngine engine, List<String> paths) {
        boolean isOf(Held held) {
            return paths.isEmpty() || paths.stream().anyMatch(path -> isWithin(path, held));
        }
    }

    /** Returns whether an entry is the one of a path, or lies in it. */
    static boolean isWithin(String path, Held held) {
        return path.isEmpty() || held.path().equals(path) || held.path().startsWith(path + "/");
    }

    public List<HeldEntry> list() throws AgentException, TreeStoreException {
        List<HeldEntry> all = new ArrayList<>();
        for (Part part : atWork()) {
            all.addAll(entries(part.folder, Waiting.uninterrupted(part.engine::held)));
        }
        return all;
    }

    public AskReport next(long after, long timeoutMillis) throws AgentException, TreeStoreException {
        atWork();
        return Waiting.uninterrupted(() -> board.next(after, timeoutMillis)).orElse(null);
    }

    /** Returns all folders at work; where none is, nothing is held and nothing asked, which looks like good news. */
    private List<Part> atWork() throws AgentException {
        List<Part> parts = parts(List.of());
        if (parts.isEmpty() && !folders.all().isEmpty()) {
            throw new AgentException(new AgentProblem.NoFolderAtWork());
        }
        return parts;
    }

    public List<HeldEntry> transfer(List<String> paths) throws AgentException, TreeStoreException {
        List<HeldEntry> going = new ArrayList<>();
        for (Part part : parts(paths)) {
            going.addAll(choose(part, part::isOf, true));
        }
        return requireSome(going, paths, new AgentProblem.NothingHeld(paths.isEmpty()));
    }

    public List<HeldEntry> answer(AskAnswer answer) throws AgentException, TreeStoreException {
        List<HeldEntry> answered = new ArrayList<>();
        for (Part part : parts(answer.paths())) {
            Predicate<Held> asked = held -> held.action() == Action.ASK && part.isOf(held);
            answered.addAll(answer.makesRule()
                    ? makeRules(part, asked, answer.transfer())
                    : choose(part, asked, answer.transfer()));
        }
        return requireSome(answered, answer.paths(),
                new AgentProblem.NothingAsked(answer.paths().isEmpty()));
    }

    private static List<HeldEntry> choose(Part part, Predicate<Held> which, boolean transfer)
            throws AgentException, TreeStoreException {
        List<Held> chosen = Waiting.uninterrupted(() -> part.engine.choose(which, transfer));
        part.folder.planAnew();
        return entries(part.folder, chosen);
    }

    private List<HeldEntry> makeRules(Part part, Predicate<Held> which, boolean transfer)
            throws AgentException, TreeStoreException {
        List<Held> asked = Waiting.uninterrupted(part.engine::held).stream().filter(which).toList();
        if (!asked.isEmpty()) {
            changes.change(part.folder, "make a rule of an answer", new AnswerRules(part.paths, asked, transfer));
        }
        return entries(part.folder, asked);
    }

    private List<HeldEntry> requireSome(List<HeldEntry> entries, List<String> paths, AgentProblem nothing)
            throws AgentException, TreeStoreException {
        if (!entries.isEmpty()) {
            return entries;
        }
        for (Part part : parts(paths)) {
            for (Held held : Waiting.uninterrupted(part.engine::held)) {
                if (held.rule() == Decision.WAITS && part.isOf(held)) {
                    throw new AgentException(
                            part.folder.root().resolve(held.path()) + ": " + held.reason() + "; decide on that");
                }
            }
        }
        throw new AgentException(nothing);
    }

    /** Returns what some paths mean; none mean all folders at work. */
    private List<Part> parts(List<String> paths) throws AgentException {
        List<Part> parts = new ArrayList<>();
        if (paths.isEmpty()) {
            folders.all().forEach(
                    folder -> folder.engine().ifPresent(engine -> parts.add(new Part(folder, engine, List.of()))));
            return parts;
        }
        Map<OpenFolder, List<String>> wanted = new LinkedHashMap<>();
        for (String path : paths) {
            Path file = SyncFolders.real(Path.of(path));
            OpenFolder folder = folders.around(file);
            wanted.computeIfAbsent(folder, key -> new ArrayList<>())
                    .add(SyncFolders.real(folder.root()).relativize(file).toString().replace('\\', '/'));
        }
        for (Map.Entry<OpenFolder, List<String>> part : wanted.entrySet()) {
            OpenFolder folder = part.getKey();
            parts.add(new Part(folder, folder.engine().orElseThrow(folder::resting), part.getValue()));
        }
        return parts;
    }

    private static List<HeldEntry> entries(OpenFolder folder, List<Held> held) {
        return held.stream().map(one -> new HeldEntry(folder.root().resolve(one.path()).toString(),
                one.direction() == Direction.UPLOAD, one.folder() ? "FOLDER" : "FILE", one.size(),
                one.action() == Action.ASK, one.rule(), one.reason())).toList();
    }
}
