package org.tidebox.cli.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.cli.internal.Tidebox;
import org.tidebox.cli.internal.shell.Product;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Printer;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.server.admin.AccountInfo;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.CheckResult;
import org.tidebox.server.admin.ContentPart;
import org.tidebox.server.admin.DeviceInfo;
import org.tidebox.server.admin.FindingInfo;
import org.tidebox.server.admin.GcResult;
import org.tidebox.server.admin.RetentionInfo;
import org.tidebox.server.admin.ScrubResult;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.ServerStats;
import org.tidebox.server.admin.StoredFile;

/** Operator commands against a fake server behind a real control socket. */
@Tag("P5")
@Tag("P3")
class ServerCommandsTest {
    private static final DeviceInfo LAPTOP = new DeviceInfo("ada", 7, "laptop", false, "2026-02-14T09:00:00Z",
            "2026-02-15T09:00:00Z", "192.0.2.7", "2026-05-14T09:00:00Z");
    private static final AccountInfo ADA = new AccountInfo("ada", false, 0, 3 << 20, "2026-02-14T09:00:00Z");

    @TempDir
    private Path data;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private ControlServer control;
    private String out;
    private String err;

    @BeforeEach
    void serve() throws IOException {
        ServerAdmin admin = (ServerAdmin) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{ServerAdmin.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments == null ? new Object[0] : arguments));
        control = new ControlServer(ControlSocket.of(data)).serve(new ControlApi<>(ServerAdmin.class, admin));
        control.start();
    }

    @AfterEach
    void end() {
        control.close();
    }

    @Test
    void accountIsAddedWithThePasswordFromTheInput() {
        assertThat(
                run("long enough\n", "server", "account", "add", "ada", "--password-stdin", "--data", data.toString()))
                .isZero();
        assertThat(calls).containsExactly("addAccount [ada, long enough]");
        assertThat(out).contains("'ada'").contains("server invite");
    }

    @Test
    void dataFolderMayStandAnywhereAfterTheWordServer() {
        assertThat(run("", "server", "--data", data.toString(), "account", "list")).isZero();
        assertThat(run("", "server", "account", "list", "--data=" + data)).isZero();
        assertThat(out).isEqualTo("""
                ACCOUNT     USED  QUOTA  SINCE
                ada      3.0 MiB   none  %s
                """.formatted(Units.moment("2026-02-14T09:00:00Z", ZoneId.systemDefault())));
    }

    @Test
    void inviteIsTheJoinCodeAndNothingElse() {
        assertThat(run("", "server", "invite", "ada", "--data", data.toString())).isZero();
        assertThat(out).isEqualTo("tidebox-join-abc\n");
    }

    @Test
    void quotaIsReadWithItsUnit() {
        run("", "server", "account", "quota", "ada", "1.5GiB", "--data", data.toString());
        assertThat(calls).contains("setQuota [ada, " + (3L << 29) + "]");
        assertThat(out).isEqualTo("Account 'ada' may store 1.5 GiB.\n");
    }

    @Test
    void accountIsLockedOutAndLetInAgain() {
        run("", "server", "account", "disable", "ada", "--data", data.toString());
        run("", "server", "account", "disable", "ada", "--undo", "--data", data.toString());
        assertThat(calls).contains("disableAccount [ada, true, false]", "disableAccount [ada, false, false]");
    }

    @Test
    void figuresAndFeaturesAreTables() {
        run("", "server", "stats", "--data", data.toString());
        assertThat(out).contains("never ran").contains("1.0 KiB");
        run("", "server", "feature", "list", "--data", data.toString());
        assertThat(out).contains("packs").contains("file");
        run("", "server", "feature", "use", "packs=file", "--data", data.toString());
        assertThat(out).isEqualTo("packs is now done by file.\n");
    }

    @Test
    void passwordIsSetAndDevicesStayUnlessTheOperatorSaysOtherwise() {
        assertThat(run("new password\n", "server", "account", "password", "ada", "--password-stdin", "--data",
                data.toString())).isZero();
        assertThat(calls).containsExactly("setPassword [ada, new password, false]");
        assertThat(out).contains("devices stay logged in");
        assertThat(run("new password\n", "server", "account", "password", "ada", "--password-stdin",
                "--log-out-devices", "--data", data.toString())).isZero();
        assertThat(calls).contains("setPassword [ada, new password, true]");
        assertThat(out).contains("2 devices removed");
        assertThat(run("", "server", "account", "password", "ada", "--data", data.toString())).isEqualTo(1);
        assertThat(err).contains("--password-stdin");
    }

    @Test
    void devicesAreKeptOnlyWhereTheOperatorSaysSoWhenDisabling() {
        assertThat(run("", "server", "account", "disable", "ada", "--keep-devices", "--data", data.toString()))
                .isZero();
        assertThat(calls).containsExactly("disableAccount [ada, true, true]");
        assertThat(run("", "server", "account", "disable", "ada", "--keep-devices", "--undo", "--data",
                data.toString())).isEqualTo(2);
    }

    @Test
    void devicesAreListedAndRemoved() {
        assertThat(run("", "server", "device", "list", "--data", data.toString())).isZero();
        assertThat(calls).containsExactly("listDevices [null]");
        assertThat(out).contains("ada").contains("laptop").contains("7").contains("192.0.2.7");
        assertThat(run("", "server", "device", "list", "ada", "--json", "--data", data.toString())).isZero();
        assertThat(calls).contains("listDevices [ada]");
        assertThat(out).contains("\"address\" : \"192.0.2.7\"");
        assertThat(run("", "server", "device", "remove", "ada", "laptop", "--data", data.toString())).isZero();
        assertThat(calls).contains("removeDevice [ada, laptop]");
        assertThat(out).contains("'laptop' of 'ada' is removed");
    }

    @Test
    void retentionIsShownAndChangedInPart() {
        assertThat(run("", "server", "retention", "ada", "docs", "--data", data.toString())).isZero();
        assertThat(calls).containsExactly("retention [ada, docs]");
        assertThat(out).contains("'docs'").contains("days in the trash      90").doesNotContain("Changed");
        assertThat(run("", "server", "retention", "ada", "docs", "--daily", "9", "--trash-days", "0", "--data",
                data.toString())).isZero();
        assertThat(calls).contains("setRetention ["
                + new RetentionInfo("ada", "docs", 20, 48, 9, 26, 60, 100, 0) + "]");
        assertThat(out).contains("Changed; the next 'tidebox server gc'");
        assertThat(run("", "server", "retention", "ada", "--data", data.toString())).isEqualTo(2);
    }

    @Test
    void everyRuleOfRetentionIsSetAndBadNumbersAreRefused() {
        String[] rules = {"--keep-last", "--hourly", "--daily", "--weekly", "--monthly", "--yearly", "--trash-days"};
        List<String> all = new ArrayList<>(List.of("server", "retention", "ada", "docs", "--data", data.toString()));
        for (int i = 0; i < rules.length; i++) {
            all.addAll(List.of(rules[i], Integer.toString(i + 1)));
        }
        assertThat(run("", all.toArray(String[]::new))).isZero();
        assertThat(calls).contains("setRetention [" + new RetentionInfo("ada", "docs", 1, 2, 3, 4, 5, 6, 7) + "]");
        calls.clear();
        for (String rule : rules) {
            for (String bad : List.of("-1", "1000001", "many", "1.5")) {
                assertThat(run("", "server", "retention", "ada", "docs", rule, bad, "--data", data.toString()))
                        .as(rule + " " + bad).isEqualTo(2);
                assertThat(err).contains(rule).contains(bad);
            }
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void collectionOfGarbageTellsWhatItFreedAndWhatWaits() {
        assertThat(run("", "server", "gc", "--data", data.toString())).isZero();
        assertThat(calls).containsExactly("gc [48]");
        assertThat(out).isEqualTo("""
                Removed 3 old versions and 1 deleted node; freed 5 chunks (1.0 KiB) and 2.0 KiB on the disk.
                4.0 KiB more can be freed in 48 hours; they are kept that long for uploads in flight.
                """);
        assertThat(run("", "server", "gc", "--lease", "0", "--data", data.toString())).isEqualTo(1);
        assertThat(err).contains("Pack 7 stays");
    }

    @Test
    void findingsAreListedAndFail() {
        assertThat(run("", "server", "scrub", "--data", data.toString())).isEqualTo(1);
        assertThat(err).contains("1 damaged").contains("ada, library 'docs', a/thesis: damaged")
                .contains("and 4 more");
        assertThat(run("", "server", "scrub", "--json", "--data", data.toString())).isEqualTo(1);
        assertThat(out).contains("\"path\" : \"a/thesis\"");
        assertThat(run("", "server", "check", "--rebuild", "--data", data.toString())).isZero();
        assertThat(calls).contains("check [true]");
        assertThat(out).contains("Rebuilt 6").contains("all is well");
    }

    @Test
    void refusalOfTheServerIsOneLine() {
        assertThat(run("", "server", "invite", "nobody", "--data", data.toString())).isEqualTo(1);
        assertThat(err).isEqualTo("tidebox: There is no account 'nobody'\n");
    }

    @Test
    void contentIsWrittenAsItIs() {
        assertThat(run("", "server", "cat", "ada", "docs", "a/b", "--version", "7", "--data", data.toString()))
                .isZero();
        assertThat(out).isEqualTo("one\u001b[2Jtwo");
        assertThat(calls).containsExactly("readContent [ada, docs, a/b, 7, 0]", "readContent [ada, docs, a/b, 7, 7]");
        assertThat(run("", "--json", "server", "cat", "ada", "docs", "a/b", "--data", data.toString())).isZero();
        assertThat(out).contains("\"version\" : 7").contains("\"size\" : 10").contains("b25lG1sySnR3bw==");
    }

    @Test
    void fileAndInputAreStored() throws IOException {
        Path file = Files.writeString(data.resolve("x"), "content");
        assertThat(run("", "server", "put", "ada", "docs", "a/b", file.toString(), "--data", data.toString())).isZero();
        assertThat(out).isEqualTo("Stored 'a/b' (7 B) as version 9.\n");
        assertThat(calls).containsExactly("putContent [ada, docs, a/b, " + file + "] content");
        assertThat(run("from input", "server", "put", "ada", "docs", "a/b", "-", "--data", data.toString())).isZero();
        assertThat(calls.getLast()).endsWith("] from input");
        assertThat(run("", "server", "put", "ada", "docs", "a/b", "--data", data.toString())).isEqualTo(2);
    }

    private Object answer(String method, Object... arguments) throws Exception {
        calls.add(method + " " + Arrays.toString(arguments));
        return switch (method) {
            case "addAccount" -> ADA;
            case "listAccounts" -> List.of(ADA);
            case "setPassword" -> arguments[2].equals(true) ? 2 : 0;
            case "listDevices" -> List.of(LAPTOP);
            case "removeDevice" -> LAPTOP;
            case "invite" -> {
                if (arguments[0].equals("nobody")) {
                    throw new AdminException("There is no account 'nobody'");
                }
                yield "tidebox-join-abc";
            }
            case "features" -> List.of(new FeatureStatus("packs", "file", List.of("file")));
            case "useFeature" -> new FeatureStatus("packs", "file", List.of("file"));
            case "readContent" -> arguments[4].equals(0L)
                    ? new ContentPart(7, 10, "b25lG1sySg==")
                    : new ContentPart(7, 10, "dHdv");
            case "putContent" -> {
                calls.set(calls.size() - 1, calls.getLast() + " " + Files.readString((Path) arguments[3]));
                yield new StoredFile("ada", "docs", "a/b", 9, 7);
            }
            case "stats" -> new ServerStats(1, 2, 3, 1024, 4, 5, null, null);
            case "retention" -> new RetentionInfo("ada", "docs", 20, 48, 30, 26, 60, 100, 90);
            case "gc" -> new GcResult(3, 1, 5, 1024, 2, 4096, 1, 0, 2048,
                    arguments[0].equals(0) ? List.of("Pack 7 stays") : List.of());
            case "scrub" -> new ScrubResult(9, 99, 1, 5,
                    List.of(new FindingInfo("ada", "docs", "a/thesis", "damaged")));
            case "check" -> new CheckResult(1, 2, 3, 4, 5, 6, 0, List.of());
            default -> null;
        };
    }

    private int run(String input, String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Shell shell = new Shell(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new Printer(new PrintStream(outBytes, true, StandardCharsets.UTF_8)),
                new Printer(new PrintStream(errBytes, true, StandardCharsets.UTF_8)), Map.of(),
                new Product(null, null), data, () -> false);
        int exit = new Tidebox(shell).run(arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return exit;
    }
}
