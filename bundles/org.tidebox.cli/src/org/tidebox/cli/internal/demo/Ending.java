package org.tidebox.cli.internal.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.tidebox.agent.AgentException;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.control.ControlFailure;
import org.tidebox.sync.folder.SyncTotals;

/** What the demo says at its end, and what it tells while the user plays with the folders. */
final class Ending {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Stage stage;
    private final Shell shell;
    private final DemoFolder folder;

    Ending(Stage stage, Shell shell, DemoFolder folder) {
        this.stage = stage;
        this.shell = shell;
        this.folder = folder;
    }

    void summary(DemoResult result, boolean keep) {
        stage.headline("Summary");
        Table table = new Table("", ">FILES", ">BYTES", ">ON THE WIRE", ">SECONDS");
        for (Chapter chapter : result.chapters()) {
            table.row(chapter.title(), Units.count(chapter.files()), Units.bytes(chapter.bytes()),
                    Units.bytes(chapter.wire()),
                    String.format(Locale.ROOT, "%.3f", chapter.millis() / 1000.0));
        }
        table.lines().forEach(line -> stage.say("  " + line));
        stage.say("");
        stage.say(result.same()
                ? "  " + stage.ink().good("✔") + " Both folders hold the same: " + Units.count(result.files(), "file")
                        + ", "
                        + Units.bytes(result.bytes()) + ", compared byte by byte."
                : "  " + stage.ink().bad("✘") + " The folders differ in "
                        + Units.count(result.differences().size(), "place") + ".");
        places(keep);
    }

    /** Tells what moves until the process ends, or an agent does. */
    void goOn(List<DemoDevice> devices, BooleanSupplier isOver) throws InterruptedException {
        stage.headline(
                "Now you: put files of your own into ./demo/laptop or ./demo/desktop, and watch. Ctrl-C ends it.");
        Map<String, SyncTotals> before = new HashMap<>();
        CountDownLatch never = new CountDownLatch(1);
        try {
            do {
                for (DemoDevice device : devices) {
                    look(device, before);
                }
            } while (!never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (AgentException | ControlFailure e) {
            if (!isOver.getAsBoolean()) {
                stage.say("  " + stage.ink().warn("An agent has ended, so the demo does too: " + e.getMessage()));
            }
        }
    }

    private void look(DemoDevice device, Map<String, SyncTotals> before) throws AgentException {
        SyncTotals now = device.folder().totals();
        SyncTotals earlier = before.put(device.name(), now);
        if (earlier != null && !now.equals(earlier)) {
            news(device.name(), now.since(earlier)).forEach(stage::say);
        }
    }

    private List<String> news(String device, SyncTotals done) {
        List<String> lines = new ArrayList<>();
        if (done.changesUp() > 0) {
            lines.add(String.format("  %-8s ↑ %s%s", device, Units.count(done.changesUp(), "change"),
                    content(done.filesUp(), done.bytesUp())));
        }
        if (done.changesDown() > 0) {
            lines.add(String.format("  %-8s ↓ %s%s", device, Units.count(done.changesDown(), "change"),
                    content(done.filesDown(), done.bytesDown())));
        }
        return lines;
    }

    private static String content(long files, long bytes) {
        return files == 0 ? "" : ", " + Units.count(files, "file") + " with " + Units.bytes(bytes);
    }

    private void places(boolean keep) {
        stage.headline("Where things are");
        new Table("", "").row(shown("laptop"), "the laptop's folder").row(shown("desktop"), "the desktop's folder")
                .row(shown("laptop-home"), "the laptop's database and log")
                .row(shown("server-data"), "the server's chunks and journal")
                .lines().stream().skip(1).forEach(line -> stage.say("  " + line));
        stage.say("  " + stage.ink().dim(
                keep ? "They stay, since you said --keep." : "All of this is removed at the end; --keep keeps it."));
        stage.headline("Next, with a folder of your own");
        stage.say("  tidebox server run --data DIR           then  tidebox server account add NAME --data DIR");
        stage.say("  tidebox server invite NAME --data DIR   then, on each device,  tidebox join CODE");
        stage.say("  tidebox agent                           and  tidebox folder add DIR");
    }

    private String shown(String name) {
        return shell.directory().relativize(folder.root().resolve(name)).toString();
    }
}
