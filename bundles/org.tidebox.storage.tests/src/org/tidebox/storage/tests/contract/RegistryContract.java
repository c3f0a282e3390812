package org.tidebox.storage.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.auth.Attempts;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.AccountSession;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.provider.MetadataStore;

/**
 * What every {@link MetadataStore} does with people, devices, join codes, failed logins and settings. Stores may keep
 * milliseconds.
 */
@Tag("P3")
@Tag("P4")
public abstract class RegistryContract {
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");
    private MetadataStore store;

    /** Opens an empty store, which the subclass closes after the test. */
    protected abstract MetadataStore open() throws Exception;

    /** Returns the store that is tested. */
    protected final MetadataStore store() {
        return store;
    }

    @BeforeEach
    final void openEmpty() throws Exception {
        store = open();
    }

    @Test
    final void addedAccountIsFoundByNameAndId() throws Exception {
        Account anna = store.accounts().add("anna", NOW);
        assertThat(anna).isEqualTo(new Account(anna.id(), "anna", false, 0, 0, NOW));
        assertThat(store.accounts().find("anna")).contains(anna);
        assertThat(store.accounts().find(anna.id())).contains(anna);
        assertThat(store.accounts().find("Anna")).isEmpty();
        assertThat(store.accounts().find(anna.id() + 1)).isEmpty();
    }

    @Test
    final void nameOfAnAccountIsUnique() throws Exception {
        store.accounts().add("anna", NOW);
        assertThatThrownBy(() -> store.accounts().add("anna", NOW)).isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("'anna'");
        assertThat(store.accounts().list()).hasSize(1);
    }

    @Test
    final void accountsAreListedByName() throws Exception {
        for (String name : List.of("carla", "anna", "böb")) {
            store.accounts().add(name, NOW);
        }
        assertThat(store.accounts().list()).extracting(Account::name).containsExactly("anna", "böb", "carla");
    }

    @Test
    final void nameIsFoundAsItIsSpelledOnly() throws Exception {
        store.accounts().add("anna", NOW);
        store.accounts().setVerifier("anna", "v");
        for (String other : List.of("anna ", " anna", "Anna")) {
            assertThat(store.accounts().find(other)).as(other).isEmpty();
            assertThat(store.accounts().verifier(other)).as(other).isEmpty();
        }
    }

    @Test
    final void verifierIsReplaced() throws Exception {
        store.accounts().add("anna", NOW);
        assertThat(store.accounts().verifier("anna")).isEmpty();
        store.accounts().setVerifier("anna", "v1");
        store.accounts().setVerifier("anna", "v2");
        assertThat(store.accounts().verifier("anna")).contains("v2");
        assertThat(store.accounts().verifier("bob")).isEmpty();
        assertThatThrownBy(() -> store.accounts().setVerifier("bob", "v")).isInstanceOf(StorageException.class);
    }

    @Test
    final void accountIsDisabledAndLimited() throws Exception {
        long id = store.accounts().add("anna", NOW).id();
        store.accounts().setDisabled(id, true);
        store.accounts().setQuota(id, 1L << 40);
        assertThat(store.accounts().find(id)).contains(new Account(id, "anna", true, 1L << 40, 0, NOW));
    }

    @Test
    final void deviceIsFoundByItsToken() throws Exception {
        long anna = store.accounts().add("anna", NOW).id();
        Device laptop = store.devices().add(anna, "laptop", "hash-1", "192.0.2.1", NOW, NOW.plusSeconds(60));
        Device desk = store.devices().add(anna, "desk", "hash-2", null, NOW, NOW.plusSeconds(60));
        assertThat(laptop).isEqualTo(new Device(laptop.id(), anna, "laptop", NOW, NOW,
                NOW.plusSeconds(60), "192.0.2.1", null));
        assertThat(store.devices().findByToken("hash-1")).contains(laptop);
        assertThat(store.devices().findByToken("hash-3")).isEmpty();
        assertThat(store.devices().list(anna)).containsExactly(desk, laptop);
        assertThat(store.devices().list(anna + 1)).isEmpty();
    }

    @Test
    final void deviceIsRenewed() throws Exception {
        long id = store.devices().add(1, "laptop", "hash-1", null, NOW, NOW.plusSeconds(60)).id();
        store.devices().renew(id, NOW.plusSeconds(30), "2001:db8::1", NOW.plusSeconds(90));
        assertThat(store.devices().findByToken("hash-1")).contains(
                new Device(id, 1, "laptop", NOW, NOW.plusSeconds(30), NOW.plusSeconds(90), "2001:db8::1", null));
    }

    @Test
    final void removedDeviceIsKnownAsSuchForEver() throws Exception {
        Device laptop = store.devices().add(1, "laptop", "hash-1", null, NOW, NOW.plusSeconds(60));
        Device desk = store.devices().add(1, "desk", "hash-2", null, NOW, NOW.plusSeconds(60));
        store.devices().remove(laptop.id(), NOW.plusSeconds(1));
        store.devices().remove(laptop.id(), NOW.plusSeconds(2));
        Device removed = new Device(laptop.id(), 1, "laptop", NOW, NOW, NOW.plusSeconds(60), null, NOW.plusSeconds(1));
        assertThat(store.devices().findByToken("hash-1")).contains(removed);
        assertThat(store.devices().list(1)).containsExactly(desk, removed);
    }

    @Test
    final void openJoinCodesAreWithdrawn() throws Exception {
        store.invitations().add(7, "one", NOW.plusSeconds(60));
        store.invitations().add(7, "two", NOW.plusSeconds(60));
        store.invitations().add(8, "other", NOW.plusSeconds(60));
        store.invitations().withdraw(7);
        assertThat(store.invitations().redeem("one", NOW)).isEmpty();
        assertThat(store.invitations().redeem("two", NOW)).isEmpty();
        assertThat(store.invitations().redeem("other", NOW)).hasValue(8);
    }

    @Test
    final void sessionIsFoundByItsTokenUntilItEnds() throws Exception {
        Instant end = NOW.plusSeconds(60);
        AccountSession added = store.sessions().add(7, "one", NOW, end);
        store.sessions().add(7, "two", NOW, end);
        store.sessions().add(8, "other", NOW, end);
        assertThat(added).isEqualTo(new AccountSession(7, NOW, end));
        assertThat(store.sessions().find("one")).contains(added);
        assertThat(store.sessions().find("none")).isEmpty();
        store.sessions().renew("one", NOW.plusSeconds(5), end.plusSeconds(5));
        assertThat(store.sessions().find("one"))
                .contains(new AccountSession(7, NOW.plusSeconds(5), end.plusSeconds(5)));
        store.sessions().remove("two");
        assertThat(store.sessions().find("two")).isEmpty();
        assertThat(store.sessions().removeAll(7)).isEqualTo(1);
        assertThat(store.sessions().find("one")).isEmpty();
        assertThat(store.sessions().find("other")).isPresent();
    }

    @Test
    final void expiredSessionsGoWhenOneBegins() throws Exception {
        store.sessions().add(7, "old", NOW, NOW.plusSeconds(1));
        store.sessions().add(8, "new", NOW.plusSeconds(1), NOW.plusSeconds(9));
        assertThat(store.sessions().find("old")).isEmpty();
        assertThat(store.sessions().find("new")).isPresent();
    }

    @Test
    final void joinCodeWorksOnceAndInTime() throws Exception {
        store.invitations().add(7, "code", NOW.plusSeconds(60));
        store.invitations().add(8, "late", NOW.plusSeconds(1));
        assertThat(store.invitations().redeem("other", NOW)).isEmpty();
        assertThat(store.invitations().redeem("code", NOW)).hasValue(7);
        assertThat(store.invitations().redeem("code", NOW)).isEmpty();
        assertThat(store.invitations().redeem("late", NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    final void ofManyWithOneJoinCodeOneSucceeds() throws Exception {
        store.invitations().add(7, "code", NOW.plusSeconds(60));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<OptionalLong> redeem = () -> store.invitations().redeem("code", NOW);
            int successes = 0;
            for (Future<OptionalLong> result : threads.invokeAll(Collections.nCopies(16, redeem))) {
                successes += result.get().isPresent() ? 1 : 0;
            }
            assertThat(successes).isEqualTo(1);
        }
    }

    @Test
    final void attemptsAreRemembered() throws Exception {
        String longKey = "x".repeat(5000);
        Attempts wrong = new Attempts(2, NOW.plusSeconds(1), Instant.EPOCH);
        Attempts right = new Attempts(0, NOW, NOW.plus(Duration.ofHours(20)));
        assertThat(attempts("anna", "bob")).containsExactly(Attempts.NONE, Attempts.NONE);
        assertThat(put(wrong, "anna", longKey + "1")).containsExactly(Attempts.NONE, Attempts.NONE);
        assertThat(put(right, "anna")).containsExactly(wrong);
        assertThat(attempts("anna", longKey + "1", longKey + "2")).containsExactly(right, wrong, Attempts.NONE);
        put(Attempts.NONE, "anna");
        assertThat(attempts("anna")).containsExactly(Attempts.NONE);
    }

    @Test
    final void ofManyAttemptsAtOnceEachSeesThoseBefore() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Integer> attempt = () -> store.attempts().change(List.of("bob", "anna"), kept -> kept.stream()
                    .map(one -> new Attempts(one.failures() + 1, NOW, one.right())).toList()).getFirst().failures();
            List<Integer> seen = new ArrayList<>();
            for (Future<Integer> result : threads.invokeAll(Collections.nCopies(40, attempt))) {
                seen.add(result.get());
            }
            assertThat(seen).doesNotHaveDuplicates().hasSize(40);
            assertThat(attempts("anna", "bob")).extracting(Attempts::failures).containsExactly(40, 40);
        }
    }

    private List<Attempts> attempts(String... keys) throws Exception {
        return store.attempts().change(List.of(keys), kept -> kept);
    }

    private List<Attempts> put(Attempts attempts, String... keys) throws Exception {
        return store.attempts().change(List.of(keys), kept -> Collections.nCopies(keys.length, attempts));
    }

    @Test
    final void settingIsReplaced() throws Exception {
        assertThat(store.settings().get("key")).isEmpty();
        store.settings().put("key", "");
        store.settings().put("key", "välue");
        assertThat(store.settings().get("key")).contains("välue");
    }

    @Test
    final void settingPutByManyIsOneOfTheirs() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> puts = Collections.nCopies(16, () -> {
                store.settings().put("key", "value");
                return null;
            });
            for (Future<Void> result : threads.invokeAll(puts)) {
                result.get();
            }
        }
        assertThat(store.settings().get("key")).contains("value");
    }
}
