package org.tidebox.control.tests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.tidebox.control.ControlError;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlName;
import org.tidebox.control.OrNull;

/** An interface with everything that can travel. */
@ControlName("kitchen")
public interface Kitchen {
    enum Taste {
        SWEET, SALTY
    }

    record Dish(String name, long calories, int pieces, double price, boolean vegan, Taste taste, Instant made,
            Duration cooked, Path recipe, URI page, Optional<String> note, List<Dish> sides,
            Map<String, Integer> spices, Set<Taste> tastes) {
    }

    record Order(int count) {
        public Order {
            if (count < 1) {
                throw new IllegalArgumentException("an order is for at least one, got " + count);
            }
        }
    }

    class BurntException extends Exception {
        private static final long serialVersionUID = 1L;

        public BurntException(String message) {
            super(message);
        }
    }

    /** What can be wrong with food. */
    sealed interface Spoilage {
        record Burnt(String dish, int degrees) implements Spoilage {
        }

        record Stale(Instant since) implements Spoilage {
        }

        sealed interface Missing extends Spoilage {
            record Salt() implements Missing {
            }

            record Spice(List<Taste> tastes) implements Missing {
            }
        }
    }

    /** Food that nobody can eat. */
    final class SpoiltException extends Exception implements ControlError {
        private static final long serialVersionUID = 1L;
        private final boolean permanent;
        private final transient Spoilage facts;

        public SpoiltException(String message, boolean permanent, Spoilage facts) {
            super(message);
            this.permanent = permanent;
            this.facts = facts;
        }

        @Override
        public boolean isPermanent() {
            return permanent;
        }

        @Override
        public Spoilage facts() {
            return facts;
        }
    }

    /** Guests that stay away, for one reason of a few. */
    final class AbsentException extends Exception implements ControlError {
        private static final long serialVersionUID = 1L;
        private final boolean permanent;
        private final Taste facts;

        public AbsentException(String message, boolean permanent, Taste facts) {
            super(message);
            this.permanent = permanent;
            this.facts = facts;
        }

        @Override
        public boolean isPermanent() {
            return permanent;
        }

        @Override
        public Taste facts() {
            return facts;
        }
    }

    /** A room of its own. */
    @ControlName("cellar")
    interface Cellar {
        List<Spoilage> stock(List<Spoilage> what);

        void fetch(Spoilage why, boolean permanent) throws SpoiltException;

        void call(Taste why) throws AbsentException;

        void fall(Spoilage why);
    }

    Cellar cellar();

    Dish same(@OrNull Dish dish);

    List<Dish> menu(int count);

    String secret(char[] word);

    void nothing();

    String season(String dish, @OrNull String spice);

    int order(Order order);

    Optional<String> maybe(boolean really);

    void burn(String what) throws BurntException;

    void spill(String what) throws ControlException;

    void declared() throws IOException;

    void explode();

    void waitForBell();

    void ring();

    /** Cooks. */
    final class Cook implements Kitchen {
        private final CountDownLatch bell = new CountDownLatch(1);

        @Override
        public Cellar cellar() {
            return new Cellar() {
                @Override
                public List<Spoilage> stock(List<Spoilage> what) {
                    return what;
                }

                @Override
                public void fetch(Spoilage why, boolean permanent) throws SpoiltException {
                    throw new SpoiltException("nothing to eat", permanent, why);
                }

                @Override
                public void call(Taste why) throws AbsentException {
                    throw new AbsentException("nobody there", false, why);
                }

                @Override
                public void fall(Spoilage why) {
                    throw new IllegalStateException(why.toString());
                }
            };
        }

        @Override
        public Dish same(Dish dish) {
            return dish;
        }

        @Override
        public List<Dish> menu(int count) {
            return Collections.nCopies(count, KitchenSamples.dish());
        }

        @Override
        public String secret(char[] word) {
            return new String(word);
        }

        @Override
        public void nothing() {
            // That is what it does.
        }

        @Override
        public String season(String dish, String spice) {
            return spice == null ? dish : dish + " with " + spice;
        }

        @Override
        public int order(Order order) {
            return order.count();
        }

        @Override
        public Optional<String> maybe(boolean really) {
            return really ? Optional.of("yes") : Optional.empty();
        }

        @Override
        public void burn(String what) throws BurntException {
            throw new BurntException(what + " is burnt") {
                private static final long serialVersionUID = 1L;
            };
        }

        @Override
        public void spill(String what) throws ControlException {
            throw new ControlException("Spill", what + " is spilt", false, null);
        }

        @Override
        public void declared() throws IOException {
            throw new NoSuchFileException("the salt");
        }

        @Override
        public void explode() {
            throw new IllegalStateException("the oven is gone");
        }

        @Override
        public void waitForBell() {
            try {
                bell.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void ring() {
            bell.countDown();
        }
    }
}
