package org.tidebox.cli.internal.demo;

import java.time.Duration;
import java.util.List;
import org.tidebox.cli.internal.text.Ink;
import org.tidebox.cli.internal.text.Printer;
import org.tidebox.cli.internal.text.Units;

/** Where the demo tells its story: line by line, and on a terminal with a few lines at the end that move. Thread-safe. */
final class Stage {
    private static final int STEP_WIDTH = 58;

    private final Printer out;
    private final Ink ink;
    private final boolean live;
    private int moving;

    /**
     * Makes a stage.
     *
     * @param live whether lines may be drawn again and again, as on a terminal
     */
    Stage(Printer out, Ink ink, boolean live) {
        this.out = out;
        this.ink = ink;
        this.live = live;
    }

    boolean isLive() {
        return live;
    }

    Ink ink() {
        return ink;
    }

    synchronized void say(String line) {
        clearMoving();
        out.painted(line);
    }

    void headline(String text) {
        say("");
        say(ink.bold(text));
    }

    /** Tells a step that is done, how long it took, and what else is worth saying. */
    void step(String text, Duration took, String remark) {
        String padded = text + " ".repeat(Math.max(1, STEP_WIDTH - text.codePointCount(0, text.length())));
        String time = String.format("%9s", Units.duration(took));
        say("  " + ink.good("✔") + " " + padded + ink.accent(time) + (remark.isEmpty() ? "" : "  " + ink.dim(remark)));
    }

    /** Draws the moving lines anew; without a terminal nothing moves. */
    synchronized void move(List<String> lines) {
        if (live) {
            clearMoving();
            lines.forEach(out::painted);
            moving = lines.size();
        }
    }

    private void clearMoving() {
        if (moving > 0) {
            out.takeBack(moving);
            moving = 0;
        }
    }
}
