package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnThePast;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.HistoryEntry;

/**
 * The ways in which programs save, file operation by file operation: a file that is saved stays one file with one
 * history.
 */
@Tag("C1")
@Tag("D1")
class SavePatternsTest extends OnThePast {
    private static final String FILE = "report.txt";
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private Duration passed = Duration.ZERO;

    /** A program, and what it does to save; {@code +} makes a file, {@code =} writes into it, {@code >} renames, {@code -} deletes. */
    enum Program {
        VIM("+.report.txt.swp", "+4913", "-4913", "report.txt>report.txt~", "+report.txt", "-report.txt~",
                "-.report.txt.swp"),
        EMACS("+.#report.txt", "report.txt>report.txt~", "+report.txt", "-.#report.txt"),
        LIBRE_OFFICE("+.~lock.report.txt#", "+lu3f2a.tmp", "=report.txt", "-lu3f2a.tmp", "-.~lock.report.txt#"),
        WORD("+~$report.txt", "+~WRD0000.tmp", "report.txt>~WRL0001.tmp", "~WRD0000.tmp>report.txt",
                "-~WRL0001.tmp", "-~$report.txt"),
        EXCEL("+~$report.txt", "+3A2B3C4D", "report.txt>9F8E7D6C.tmp", "3A2B3C4D>report.txt", "-9F8E7D6C.tmp",
                "-~$report.txt"),
        GNOME("+.goutputstream-X1Y2Z3", ".goutputstream-X1Y2Z3>report.txt"),
        KATE("+report.txt.AbCdEf", "report.txt.AbCdEf>report.txt"),
        VS_CODE("=report.txt"),
        JETBRAINS("+report.txt___jb_tmp___", "report.txt>report.txt___jb_old___",
                "report.txt___jb_tmp___>report.txt", "-report.txt___jb_old___"),
        PHOTOSHOP("+ps3f2a.tmp", "-report.txt", "ps3f2a.tmp>report.txt"),
        RSYNC("+.report.txt.AbCdEf", ".report.txt.AbCdEf>report.txt"),
        ROTATING_BACKUP("report.txt>report.txt.bak", "+report.txt");

        private final List<String> steps;

        Program(String... steps) {
            this.steps = Arrays.asList(steps);
        }

        Set<String> backups() {
            return this == EMACS
                    ? Set.of("report.txt~")
                    : this == ROTATING_BACKUP ? Set.of("report.txt.bak") : Set.of();
        }
    }

    @Test
    void whoGoesOnWorkingUnderAnotherNameKeepsTheHistory() throws Exception {
        one.write("doc", "first");
        quiet();
        NodeId node = server.live().getFirst().id();
        Files.move(one.path("doc"), one.path("feb"));
        quiet();
        one.write("feb", "second, of February");
        quiet();
        one.write("doc", "begun anew");
        quiet();
        assertThat(server.live()).filteredOn(each -> each.name().equals("feb")).extracting(Node::id)
                .containsExactly(node);
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void aSavedFileIsOneFileWithOneHistoryAndNothingInTheTrash(Program program) throws Exception {
        NodeId id = share();
        for (int save = 1; save <= 3; save++) {
            for (String step : program.steps) {
                perform(step, "saved " + save);
            }
            assertSame();
            assertIsOneFile(program, id, save);
            assertThat(trash().items()).as("trash").isEmpty();
        }
        assertThat(names(id)).containsOnly(FILE);
        assertThat(server.history(Device.LIBRARY, id)).hasSize(4);
    }

    /** Where the folder is looked at after each step. */
    @ParameterizedTest
    @EnumSource(value = Program.class, mode = EnumSource.Mode.EXCLUDE, names = "PHOTOSHOP")
    void aFileThatIsSeenWhileItIsSavedKeepsItsHistory(Program program) throws Exception {
        one.close();
        one = new Device("one", one.path(""), server, new MemoryTreeStore(), 1, this::now);
        NodeId id = share();
        for (int save = 1; save <= 3; save++) {
            passed = passed.plus(A_WHILE);
            clockOfTheServer();
            for (String step : program.steps) {
                perform(step, "saved " + save);
                one.sync();
                two.sync();
            }
            assertSame();
            assertIsOneFile(program, id, save);
            // A backup that another one replaced went for good, as its user wanted.
            assertThat(trash().items()).as("trash").allMatch(item -> program.backups().contains(item.path()));
        }
    }

    private NodeId share() throws Exception {
        clockOfTheServer();
        one.write(FILE, "begun here");
        assertSame();
        return node().id();
    }

    private Instant now() {
        return SystemTime.clock().instant().plus(passed);
    }

    private void clockOfTheServer() {
        server.second(now().getEpochSecond());
    }

    private Node node() {
        return server.live().stream().filter(node -> node.name().equals(FILE)).findAny().orElseThrow();
    }

    private void assertIsOneFile(Program program, NodeId id, int save) throws Exception {
        assertThat(node().id()).as("the node").isEqualTo(id);
        assertThat(two.read(FILE)).isEqualTo("saved " + save);
        Set<String> all = new TreeSet<>(program.backups());
        all.add(FILE);
        assertThat(one.content().keySet()).isEqualTo(all);
        assertThat(two.content().keySet()).isEqualTo(all);
        assertThat(one.folder().status().conflicts()).isEmpty();
        assertThat(two.folder().status().conflicts()).isEmpty();
    }

    private Set<String> names(NodeId id) throws Exception {
        return server.history(Device.LIBRARY, id).stream().map(HistoryEntry::node).map(Node::name)
                .collect(Collectors.toSet());
    }

    private void perform(String step, String text) throws IOException {
        int renames = step.indexOf('>');
        if (renames > 0) {
            Files.move(one.path(step.substring(0, renames)), one.path(step.substring(renames + 1)),
                    StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        Path file = one.path(step.substring(1));
        switch (step.charAt(0)) {
            case '-' -> Files.delete(file);
            default -> Files.writeString(file, text);
        }
    }
}
