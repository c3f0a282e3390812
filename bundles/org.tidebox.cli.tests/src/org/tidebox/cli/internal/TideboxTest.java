package org.tidebox.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Agent;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.EventPage;
import org.tidebox.agent.events.FolderProgress;
import org.tidebox.cli.internal.shell.Product;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Printer;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.remote.Bandwidth;

/** Commands against a fake agent behind a real control socket. */
@Tag("P5")
class TideboxTest {
    @TempDir
    private Path folder;
    private final FakeAgent agent = new FakeAgent();
    private ControlServer control;
    private Path home;
    private int exit;
    private String out;
    private String err;

    @BeforeEach
    void serve() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        control = new ControlServer(ControlSocket.of(home)).serve(new ControlApi<>(Agent.class, agent))
                .serve(new ControlApi<>(AgentEvents.class, agent.events));
        control.start();
    }

    @AfterEach
    void end() {
        control.close();
    }

    @Test
    void activityIsAListWithTheNewestLast() {
        run("activity");
        assertThat(exit).isZero();
        assertThat(out.lines().map(line -> line.substring(21)).toList()).containsExactly(
                "up    added      64.0 MiB  /data/papers/film.mov",
                "down  deleted              /data/papers/letters/old.txt");
        run("activity", "--most", "1", "--json");
        assertThat(out).contains("\"path\" : \"letters/old.txt\"").contains("\"time\" : \"2026-02-14T09:00:02Z\"")
                .doesNotContain("film.mov");
        agent.events.log = List.of();
        run("activity");
        assertThat(out).isEqualTo("Nothing was done yet.\n");
    }

    @Test
    void activityIsFollowedFromThereAndReadAnewWhereSomeOfItIsMissed() {
        Activity third = FakeEvents.activity(3, "new.txt", Activity.Action.CHANGED, 10);
        agent.events.pages.add(new EventPage(8, false, List.of(new AgentEvent.ActivityAdded(8, third))));
        agent.events.pages.add(new EventPage(20, true, List.of()));
        run("activity", "--follow", "--json");
        assertThat(exit).isEqualTo(1);
        assertThat(err).isEqualTo("tidebox: The agent is ending; try again\n");
        assertThat(agent.events.asked).containsExactly("7 [ACTIVITY]", "8 [ACTIVITY]", "7 [ACTIVITY]");
        assertThat(out.lines().limit(3)).allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                .map(line -> line.replaceAll(".*\"number\":(\\d+).*", "$1")).containsExactly("1", "2", "3");
    }

    @Test
    void statusIsShownAgainWithProgressWheneverItChanges() {
        FolderProgress progress = new FolderProgress(false, 3, 10, 50L << 20, 100L << 20, 10L << 20,
                Duration.ofSeconds(5), List.of());
        agent.events.pages.add(new EventPage(8, false, List.of()));
        agent.events.pages.add(
                new EventPage(9, false, List.of(new AgentEvent.ProgressChanged(9, "/data/films", progress))));
        agent.events.pages.add(new EventPage(10, false, List.of(new AgentEvent.ProgressChanged(10, "/data/films",
                FolderProgress.NONE))));
        run("status", "--watch");
        assertThat(exit).isEqualTo(1);
        assertThat(out.lines().filter(line -> line.startsWith("ada on laptop"))).hasSize(3);
        assertThat(out.lines().filter(line -> line.startsWith("  /data/films"))).containsExactly(
                "  /data/films  ▕████████████            ▏ 50 %  3 of 10 done, 50.0 MiB of 100.0 MiB, 10.0 MiB/s, 5.0 s left");
        assertThat(agent.events.asked).hasSize(4).allMatch(asked -> !asked.contains("ACTIVITY"));
    }

    @Test
    void statusShowsFoldersTheirStateAndWhatToDo() {
        run("status");
        assertThat(exit).isZero();
        assertThat(out).isEqualTo(
                """
                        ada on laptop, connected to https://test:8443

                        FOLDER        LIBRARY  ENTRIES  SEQUENCE  STATE
                        /data/papers  Papers     1,234        56  up to date, except 2 problems
                        /data/films   Papers     1,234        56  synchronising, 12.0 MiB of 64.0 MiB, 7 to go
                        /data/old     Papers     1,234        56  stopped, asks you, 1 conflict
                        /data/old: 31 of 60 entries were deleted here, and nothing of that is done yet; 'tidebox folder resume' deletes them everywhere. To get them back instead: 'tidebox folder remove', then 'tidebox folder add' with the same library

                        2 problems in /data/papers:
                          aux.txt: access denied; check the permissions
                          film: the disk is busy (tried again)

                        1 conflict waits for you to choose: tidebox conflicts
                        """);
        assertThat(err).isEmpty();
    }

    @Test
    void jsonTellsWhatNeedsAPersonFromWhatIsTriedAgain() throws IOException {
        run("status", "--json");
        assertThat(json().get("folders").get(0).get("needsPerson").asBoolean()).isTrue();
        assertThat(json().get("folders").get(0).get("problems").findValuesAsText("retried"))
                .containsExactly("false", "true");
        assertThat(json().get("folders").get(1).get("needsPerson").asBoolean()).isFalse();
    }

    @Test
    void jsonPrintsExactlyOneDocumentWhereverItStands() throws IOException {
        run("status", "--json");
        assertThat(json().get("folders").get(1).get("transfers").get(0).get("done").asLong()).isEqualTo(12L << 20);
        run("--json", "folder", "list");
        assertThat(json().isArray()).isTrue();
        run("logout", "--json");
        assertThat(json().get("done").asBoolean()).isTrue();
        run("--version", "--json");
        assertThat(json().get("product").asText()).isEqualTo("tidebox");
    }

    @Test
    void jsonTellsFailuresToo() throws IOException {
        run("join", "used", "--json");
        assertThat(exit).isEqualTo(1);
        assertThat(json().get("error").asText()).contains("used already");
        run("nonsense", "--json");
        assertThat(exit).isEqualTo(2);
        assertThat(json().get("error").asText()).contains("nonsense");
    }

    @Test
    void whoJoinsAgainIsToldThatTheFoldersGoOn() {
        run("join", "fresh");
        assertThat(out).endsWith("Next: tidebox folder add DIR\n");
        agent.folders = List.of(FakeAgent.folder("/data/papers", FolderActivity.SCANNING, null));
        run("join", "fresh");
        assertThat(out).endsWith("1 sync folder goes on: tidebox status\n").doesNotContain("folder add");
    }

    @Test
    void failureIsOneLineOnTheErrorStream() {
        run("join", "used");
        assertThat(exit).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(err).isEqualTo("tidebox: The join code was used already; ask for another one\n");
    }

    @Test
    void unexpectedFailureOfTheAgentShowsNoStackTrace() {
        run("stats");
        assertThat(exit).isEqualTo(1);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).doesNotContain("\tat ");
    }

    @Test
    void wrongUsageIsTold() {
        for (String[] line : List.of(new String[]{}, new String[]{"folder"}, new String[]{"folder", "add"},
                new String[]{"statsu"},
                new String[]{"wait", "--timeout", "soon"}, new String[]{"login", "https://test"},
                new String[]{"server", "stats"},
                new String[]{"server", "account", "quota", "ada", "much", "--data", "x"},
                new String[]{"status", "--verbose"})) {
            run(line);
            assertThat(exit).as(String.join(" ", line)).isEqualTo(2);
            assertThat(err.lines()).hasSize(1);
            assertThat(err).contains("--help");
        }
    }

    @Test
    void foldersAreNamedByAbsolutePathsToTheAgentAndShortToThePerson() {
        run("folder", "add", "papers", "--library", "Old papers", "--paused");
        assertThat(agent.calls).containsExactly("add " + folder.resolve("papers") + " Old papers true");
        assertThat(out).startsWith("papers is now kept the same");
        run("folder", "resume", "./papers/../papers");
        assertThat(agent.calls).contains("resume " + folder.resolve("papers"));
        assertThat(out).isEqualTo("papers goes on.\n");
        run("folder", "resume", "old");
        assertThat(out).isEqualTo("old goes on. 31 entries deleted here: now deleted everywhere;"
                + " 'tidebox trash list' shows what.\n");
        run("folder", "resume", "away");
        assertThat(exit).isEqualTo(1);
        assertThat(err).startsWith("tidebox: away: It is not there; nothing is deleted anywhere.");
        run("folder", "pause", folder.resolve("papers").toString());
        assertThat(out).isEqualTo("papers is paused until 'tidebox folder resume'.\n");
        run("folder", "remove", "papers");
        assertThat(agent.calls).contains("pause " + folder.resolve("papers"), "remove " + folder.resolve("papers"));
    }

    @Test
    void ignoredFilesAreDeletedWithTheirFolderOnDemand() {
        run("folder", "add", "papers", "--delete-ignored");
        run("folder", "ignored", "papers", "keep");
        assertThat(out).contains("stay here with their ignored files");
        run("folder", "ignored", "papers", "delete");
        assertThat(agent.calls).containsExactly("add " + folder.resolve("papers") + " null false",
                "ignored " + folder.resolve("papers") + " true", "ignored " + folder.resolve("papers") + " false",
                "ignored " + folder.resolve("papers") + " true");
    }

    @Test
    void extendedAttributesAreKeptOnDemand() {
        run("folder", "add", "papers", "--xattrs");
        assertThat(agent.calls).containsExactly("add " + folder.resolve("papers") + " null false",
                "xattrs " + folder.resolve("papers") + " true");
        run("folder", "xattrs", "papers", "off");
        assertThat(agent.calls).contains("xattrs " + folder.resolve("papers") + " false");
        assertThat(out).contains("left alone; none is deleted");
        run("folder", "xattrs", "papers", "on");
        assertThat(out).contains("papers are now kept the same");
        run("folder", "xattrs", "papers", "perhaps");
        assertThat(exit).isEqualTo(2);
        agent.folders = List.of(FakeAgent.folder("/data/plain", FolderActivity.UP_TO_DATE, null),
                FakeAgent.folderWithXattrs("/data/papers"));
        run("folder", "list");
        assertThat(out.lines().filter(line -> line.endsWith(": extended attributes are kept, too"))).singleElement()
                .asString().startsWith("/data/papers");
    }

    @Test
    void waitPassesTheTimeOnAndFailsOnTimeOut() throws IOException {
        run("wait", "--timeout", "2.5");
        assertThat(exit).isZero();
        assertThat(agent.calls).containsExactly("wait 2500");
        agent.synced = false;
        run("wait", "--timeout", "0", "--json");
        assertThat(exit).isEqualTo(1);
        assertThat(json().get("synced").asBoolean()).isFalse();
        assertThat(err).contains("31 of 60 entries were deleted");
        assertThat(err.lines()).hasSize(1);
    }

    @Test
    @Tag("A6")
    void passwordIsReadFromTheInputNeverFromTheLine() {
        runWithInput("pässword\nrest", "login", "https://test:8443", "--account", "ada", "--password-stdin",
                "--fingerprint", "ab");
        assertThat(agent.calls).containsExactly("login https://test:8443 ada pässword ab");
        run("login", "https://test:8443", "--account", "ada");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("--password-stdin");
        runWithInput("", "login", "https://test:8443", "--account", "ada", "--password-stdin");
        assertThat(err).contains("No password");
    }

    @Test
    @Tag("A6")
    void devicesAreListedAndRemovedWithThePassword() throws IOException {
        run("devices", "list");
        assertThat(exit).isZero();
        assertThat(out.lines().toList()).hasSize(3).anySatisfy(
                line -> assertThat(line).contains("desk").contains("connected").contains("this device"))
                .anySatisfy(line -> assertThat(line).contains("laptop").contains("7").contains("192.0.2.7"));
        run("devices", "list", "--json");
        assertThat(json().findValuesAsText("number")).containsExactly("3", "7");
        runWithInput("secret\n", "devices", "remove", "laptop", "--password-stdin");
        assertThat(exit).isZero();
        assertThat(agent.calls).contains("remove device laptop secret");
        runWithInput("secret\n", "devices", "remove", "3", "--password-stdin");
        assertThat(out).startsWith("Device 3 is removed");
        runWithInput("wrong\n", "devices", "remove", "laptop", "--password-stdin");
        assertThat(exit).isEqualTo(1);
        run("devices", "remove", "laptop");
        assertThat(err).contains("--password-stdin");
    }

    @Test
    @Tag("A6")
    void passwordIsChangedAndOtherDevicesStayUnlessThePersonSaysOtherwise() {
        runWithInput("old one\nnew one\n", "password", "--password-stdin");
        assertThat(exit).isZero();
        assertThat(agent.calls).containsExactly("password old one new one false");
        assertThat(out).contains("stay logged in").contains("tidebox devices list");
        runWithInput("old one\nnew one\n", "password", "--password-stdin", "--no-log-out-others");
        runWithInput("old one\nnew one\n", "password", "--password-stdin", "--log-out-others");
        assertThat(agent.calls.subList(1, 3)).containsExactly("password old one new one false",
                "password old one new one true");
        assertThat(out).contains("1 other device removed");
        runWithInput("old one\n", "password", "--password-stdin");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void historyAndFeaturesAreTables() {
        run("history", "letter");
        assertThat(out).isEqualTo("""
                VERSION  TIME                    SIZE  DEVICE  PATH
                     12  %s  2.0 KiB  laptop  papers/letter *
                * Versions right before this one are no longer kept.
                """.formatted(Units.moment("2026-02-14T09:00:00Z", ZoneId.systemDefault())));
        run("feature", "list");
        assertThat(out).isEqualTo("""
                FEATURE  IN USE  INSTALLED
                watch    nio     nio, polling
                """);
        run("feature", "use", "watch=polling");
        assertThat(out).isEqualTo("watch is now done by polling.\n");
        run("feature", "use", "polling");
        assertThat(err).contains("POINT=PROVIDER");
    }

    @Test
    @Tag("A3")
    void restoreAndTrashTellWhatCameBack() {
        run("restore", "/data/papers/letter", "--version", "12", "--to", "/out");
        assertThat(exit).isZero();
        assertThat(agent.calls).contains("restore /data/papers/letter null 12 /out");
        assertThat(out).isEqualTo("Restored 1 file (2.0 KiB) into /out.\n  taken: version 12 of "
                + Units.moment("2026-02-14T09:00:00Z", ZoneId.systemDefault()) + ", by laptop\n");
        run("restore", "/data/papers", "--as-of", "2026-01-31T10:00:00Z");
        assertThat(agent.calls).contains("restore /data/papers 2026-01-31T10:00:00Z 0 null");
        assertThat(out).contains("Of 12 entries the version of that time may no longer be kept",
                "the closest older one was taken:\n    a\n    b\n    … and 2 more");
        run("restore", "/data/papers/letter", "--version", "13");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("not restored: letter: its content is no longer kept");
        run("restore", "/data/papers", "--as-of", "soon");
        assertThat(exit).isEqualTo(2);
        assertThat(err).contains("'soon' is no time");
        run("restore", "/data/papers", "--as-of", "2h", "--version", "3");
        assertThat(exit).isEqualTo(2);
        run("trash", "list", "/data/papers");
        assertThat(out).contains("abababab  ").doesNotContain("00000000").contains("/data/papers/old/ (3 inside)");
        run("trash", "restore", "abababab", "/data/papers/old");
        assertThat(agent.calls).contains("trash /data/papers", "restoreTrash [abababab, /data/papers/old]");
        assertThat(out).contains("Restored 3 files (3.0 KiB) and 1 folder or link.")
                .contains("its name was taken: a → a (restored).txt");
    }

    @Test
    void conflictsAreListedAndSettled() {
        run("conflicts");
        assertThat(out).contains("1  mine    laptop  ").contains("2.0 KiB  /data/papers/letter (conflict laptop")
                .contains("theirs  ?       gone").contains("2  mine    phone ")
                .contains(" folder  /data/papers/thing (c")
                .contains("and 39 older copies of the same device").contains("'mine' is what this device made")
                .contains("tidebox conflicts resolve PATH");
        run("conflicts", "resolve", "/data/papers/letter", "--keep", "theirs");
        assertThat(exit).isZero();
        run("conflicts", "resolve", "/data/papers/letter", "--merge");
        run("conflicts", "resolve", "/data/papers/letter", "--merge", "--markers");
        assertThat(out).contains("<<<<<<<");
        assertThat(agent.calls).containsSequence("resolve [/data/papers/letter] THEIRS",
                "resolve [/data/papers/letter] MERGE", "resolve [/data/papers/letter] MERGE_WITH_MARKERS");
        assertThat(out).doesNotContain("settled");
        run("conflicts", "resolve", "/data/papers/letter", "/data/other", "--keep", "newest");
        assertThat(out).contains("2 files are settled");
        run("conflicts", "resolve", "--all", "--keep", "newest");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("3 files are settled, 1 is not")
                .contains("/data/papers/thing: it is being changed elsewhere; try again");
        for (List<String> wrong : List.of(List.<String>of(), List.of("--keep", "none"), List.of("--all", "--merge"),
                List.of("--keep", "mine", "--merge"),
                List.of("--keep", "mine", "--markers"))) {
            run(Stream.concat(Stream.of("conflicts", "resolve", "/data/papers/letter"), wrong.stream())
                    .toArray(String[]::new));
            assertThat(exit).as(wrong.toString()).isEqualTo(2);
        }
    }

    @Test
    @Tag("C5")
    void limitIsShownAndSetOneWayOrBoth() throws IOException {
        run("limit");
        assertThat(out).isEqualTo("""
                CONTENTS  AT MOST
                up        as fast as it goes
                down      as fast as it goes
                """);
        run("limit", "--up", "2M", "--down", "1.5GiB");
        assertThat(agent.bandwidth).isEqualTo(new Bandwidth(2L << 20, 3L << 29));
        run("limit", "--down", "512k/s");
        assertThat(out).contains("up        2.0 MiB/s").contains("down      512.0 KiB/s");
        run("limit", "--up", "off", "--json");
        assertThat(json().get("up").asLong()).isZero();
        assertThat(json().get("down").asLong()).isEqualTo(512 << 10);
        for (String wrong : List.of("fast", "-1", "500", "")) {
            run("limit", "--up", wrong);
            assertThat(exit).as(wrong).isEqualTo(2);
            assertThat(err.lines()).hasSize(1);
        }
        assertThat(agent.bandwidth).isEqualTo(new Bandwidth(0, 512 << 10));
    }

    @Test
    @Tag("D3")
    @Tag("D4")
    void rulesAreAddedListedAndRemoved() {
        run("rule", "add", "/data/papers", "--up", "--in", "my work", "--type", "odt,image/*", "--max-size", "50MiB",
                "--where", "age > 1 day or all", "--then", "ask", "--at", "2");
        assertThat(exit).as(err).isZero();
        assertThat(agent.calls).contains(
                "rule up 2 in \"my work\" and type odt,image/* and size <= 50MiB and (age > 1 day or all) -> ask");
        run("rule", "add", "/data/papers", "--down", "--where", "name *.tmp", "--then", "hold");
        run("rule", "add", "/data/papers", "--down", "--all", "--then", "hold");
        run("rule", "default", "/data/papers", "--up", "hold");
        assertThat(agent.calls).contains("rule down 0 name *.tmp -> hold", "rule down 0 all -> hold",
                "default up hold");
        run("rule", "list", "/data/papers");
        assertThat(out).isEqualTo("""
                   UP               THEN
                1  in work          transfer
                2  size > 50 MiB    ask
                   everything else  hold
                   DOWN             THEN
                1  type films       hold
                   everything else  transfer
                Candidates are only what was stored since the last transfer.
                """);
        run("rule", "add", "/data/papers", "--up", "--all", "--then", "hold", "--dry-run");
        assertThat(out).isEqualTo("""
                2 held files with 3.0 MiB would be transferred at once.
                1 file with 5 B would be held: new ones at once, others with their next version.
                Nothing was changed.
                """);
        run("rule", "remove", "/data/papers", "2");
        run("rule", "remove", "/data/papers", "1", "--down");
        assertThat(agent.calls).contains("remove up 2", "remove down 1");
        run("rule", "remove", "/data/papers", "1");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("two rules 1").contains("--up or --down");
        run("rule", "add", "/data/papers", "--up", "--max-size", "50", "--then", "hold");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("has no unit");
    }

    @Test
    @Tag("D1")
    @Tag("D2")
    void candidatesAreFoundInOneOfTwoWays() {
        run("rule", "candidates", "/data/papers", "--down", "since-transfer");
        assertThat(exit).as(err).isZero();
        run("rule", "candidates", "/data/papers", "--up", "index");
        assertThat(agent.calls).contains("candidates down since-transfer", "candidates up index");
        run("rule", "candidates", "/data/papers", "--up", "newest");
        assertThat(exit).isEqualTo(2);
        run("rule", "candidates", "/data/papers", "index");
        assertThat(exit).isEqualTo(2);
    }

    @Test
    @Tag("D3")
    void groupsOfTypesAreListedSetAndRemoved() {
        run("rule", "group", "list");
        assertThat(out).isEqualTo("""
                GROUP       TYPES
                books       epub, mobi
                scans  own  pictures, pdf
                """);
        run("rule", "group", "set", "scans", "pictures,pdf", "tiff");
        assertThat(out).isEqualTo("'scans' means pictures, pdf, tiff.\n");
        run("rule", "group", "remove", "scans");
        assertThat(agent.calls).contains("group scans [pictures, pdf, tiff]", "no group scans");
        run("rule", "group", "remove", "books");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("of your own");
        run("rule", "group", "set", "scans");
        assertThat(exit).isEqualTo(2);
    }

    @Test
    @Tag("D3")
    void questionIsWaitedFor() throws IOException {
        run("ask", "wait", "--after", "3", "--timeout", "2.5");
        assertThat(out).isEqualTo("Question 4: what about 2 entries with 3.0 MiB in /data/papers? 5 in all;"
                + " 'tidebox ask list' shows them.\n");
        run("ask", "wait", "--timeout", "0");
        assertThat(exit).isEqualTo(1);
        assertThat(agent.calls).contains("question 3 2500", "question 0 0");
        run("ask", "wait", "--json");
        assertThat(json().get("number").asLong()).isEqualTo(1);
    }

    @Test
    @Tag("D3")
    void halfAskedRulesAreWrongUsage() {
        for (String wrong : List.of("--up --then hold", "--all --then hold", "--up --down --all --then hold",
                "--up --all", "--up --all --then keep", "--up --all --in a --then hold")) {
            run(Stream.concat(Stream.of("rule", "add", "/data/papers"), Stream.of(wrong.split(" ")))
                    .toArray(String[]::new));
            assertThat(exit).as(wrong).isEqualTo(2);
        }
        assertThat(agent.calls).isEmpty();
    }

    @Test
    @Tag("D5")
    void heldEntriesAreListedTransferredAndAnsweredFor() throws IOException {
        run("held", "list");
        assertThat(out).contains("up    3.0 MiB  /data/papers/film.mkv  rule 2: size > 1 MiB")
                .contains("2 entries with 3.0 MiB");
        run("held", "transfer", "/data/papers/film.mkv");
        assertThat(out).contains("1 entry with 3.0 MiB goes now");
        run("held", "transfer", "--all");
        run("ask", "list");
        assertThat(out).contains("/data/papers/letters").doesNotContain("film.mkv").contains("1 entry");
        run("ask", "answer", "hold", "/data/papers/letters");
        run("ask", "answer", "transfer", "--all");
        run("ask", "answer", "hold", "/data/papers/letters", "--rule");
        assertThat(agent.calls).contains("transfer [/data/papers/film.mkv]", "transfer []",
                "answer [/data/papers/letters] false", "answer [] true", "answer [/data/papers/letters] false always");
        for (List<String> wrong : List.of(List.of("held", "transfer"), List.of("ask", "answer", "hold"),
                List.of("ask", "answer", "keep", "--all"), List.of("held", "transfer", "a", "--all"))) {
            run(wrong.toArray(String[]::new));
            assertThat(exit).as("%s", wrong).isEqualTo(2);
        }
        run("held", "list", "--json");
        assertThat(json()).hasSize(2);
    }

    @Test
    void helpIsThereForEveryCommand() {
        for (String command : List.of("demo", "join", "login", "logout", "folder", "status", "wait", "history",
                "restore", "trash", "conflicts", "rule", "held", "ask", "feature", "limit", "stats", "agent",
                "server")) {
            run(command, "--help");
            assertThat(exit).isZero();
            assertThat(out).contains("Usage: tidebox " + command);
        }
        run("--help");
        assertThat(out).contains("folder").contains("server").contains("demo");
    }

    @Test
    void missingProductIsExplainedWhereNoAgentRuns() {
        control.close();
        run("status");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("TIDEBOX_PRODUCT");
    }

    @Test
    void demoRefusesAFolderThatItDidNotMake() throws IOException {
        Path mine = Files.writeString(Files.createDirectories(folder.resolve("demo")).resolve("mine"), "keep me");
        run("demo");
        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("did not make");
        assertThat(mine).hasContent("keep me");
    }

    private void run(String... arguments) {
        runWithInput("", arguments);
    }

    private void runWithInput(String input, String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Shell shell = new Shell(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new Printer(new PrintStream(outBytes, true, StandardCharsets.UTF_8)),
                new Printer(new PrintStream(errBytes, true, StandardCharsets.UTF_8)),
                Map.of("TIDEBOX_HOME", home.toString()), new Product(null, null), folder, () -> false);
        exit = new Tidebox(shell).run(arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readerFor(JsonNode.class)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValue(out);
    }
}
