package org.tidebox.cli.internal.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.FolderReport;
import org.tidebox.cli.internal.text.Bar;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.sync.folder.Transfer;

/**
 * Shows for each device how much of the folder it has sent or fetched, and a bar for each file that is on its way, while it is open.
 */
final class ProgressView implements AutoCloseable {
    private static final long LIVE_MILLIS = 80;
    private static final long PLAIN_MILLIS = 1000;
    private static final int BAR = 24;
    private static final int SMALL_BAR = 12;
    private static final int SHOWN_TRANSFERS = 2;
    private static final int NAME_WIDTH = 36;

    private final Stage stage;
    private final List<Track> tracks;
    private final long total;
    private final long started = System.nanoTime();
    /** A content that is through leaves the transfers a moment before it counts as done; a bar must not step back for that. */
    private final Map<Track, Long> furthest = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("demo-progress").factory());

    /**
     * One device's part.
     *
     * @param device whose
     * @param upload whether it sends
     */
    record Track(DemoDevice device, boolean upload) {
        long done(FolderReport folder) {
            long moving = folder.transfers().stream().filter(transfer -> transfer.upload() == upload)
                    .mapToLong(Transfer::done).sum();
            return moving + (upload ? folder.totals().bytesUp() : folder.totals().bytesDown());
        }
    }

    /** Begins to show how the tracks come to the given number of bytes. */
    ProgressView(Stage stage, List<Track> tracks, long total) {
        this.stage = stage;
        this.tracks = tracks;
        this.total = total;
        long period = stage.isLive() ? LIVE_MILLIS : PLAIN_MILLIS;
        timer.scheduleWithFixedDelay(this::draw, stage.isLive() ? 0 : period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(PLAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stage.move(List.of());
    }

    private void draw() {
        try {
            List<String> lines = new ArrayList<>();
            for (Track track : tracks) {
                FolderReport folder = track.device().folder();
                long done = Math.min(track.done(folder), total);
                long before = furthest.getOrDefault(track, 0L);
                furthest.put(track, Math.max(before, done));
                if (stage.isLive() || done > before) {
                    lines.add(total(track, Math.max(before, done)));
                }
                if (stage.isLive()) {
                    folder.transfers().stream().limit(SHOWN_TRANSFERS).map(this::transfer).forEach(lines::add);
                }
            }
            if (stage.isLive()) {
                stage.move(lines);
            } else {
                lines.forEach(stage::say);
            }
        } catch (AgentException e) {
            stage.say("  " + stage.ink().warn(e.getMessage()));
        }
    }

    private String total(Track track, long done) {
        double seconds = (System.nanoTime() - started) / 1e9;
        String rate = Units.bytes(seconds > 0 ? (long) (done / seconds) : 0) + "/s";
        return String.format("  %-8s %s %s %s  %10s of %s  %s", track.device().name(), track.upload() ? "↑" : "↓",
                stage.ink().accent(Bar.of(done, total, BAR)), Bar.percent(done, total), Units.bytes(done),
                Units.bytes(total),
                stage.ink().dim(rate));
    }

    private String transfer(Transfer transfer) {
        String name = transfer.path();
        String shown = name.length() > NAME_WIDTH ? "…" + name.substring(name.length() - NAME_WIDTH + 1) : name;
        return stage.ink()
                .dim(String.format("             %s %s  %s", Bar.of(transfer.done(), transfer.total(), SMALL_BAR),
                        Bar.percent(transfer.done(), transfer.total()), shown));
    }
}
