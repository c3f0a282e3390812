package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.DeviceReport;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.LoginRequest;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.remote.Bandwidth;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.wire.Messages.DeviceEntry;

/** Account, features and life of an agent that is reached over its control socket. */
@Tag("C1")
@Tag("P5")
class AgentProcessTest extends OnAgentProcess {
    @Test
    @Tag("A6")
    void wrongPasswordIsAClearNo() {
        assertThatThrownBy(() -> agent().login(new LoginRequest("https://test:8443", "ada", "wrong", null, null)))
                .isInstanceOf(AgentException.class).hasMessageContaining("password");
        assertThatThrownBy(() -> agent().login(new LoginRequest("ftp://test", "ada", "secret", null, null)))
                .isInstanceOf(AgentException.class).hasMessageContaining("https://host:port");
    }

    @Test
    void nullIsNoValueAndTheAnswerSaysSo() {
        assertThatThrownBy(() -> agent().join(null, null)).hasMessageContaining("argument 1, got null");
        assertThatThrownBy(() -> agent().login(null)).hasMessageContaining("LoginRequest").hasMessageContaining("null");
        assertThatThrownBy(() -> agent().history(null)).hasMessageContaining("argument 1, got null");
        assertThatThrownBy(() -> agent().restoreTrash(Arrays.asList("a", null))).hasMessageContaining("got null in it");
        assertThatThrownBy(() -> new LoginRequest("https://test:8443", null, "secret", null, null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    @Tag("A6")
    void removedDeviceSaysSoKeepsItsFoldersAndCanBeConnectedAgain() throws Exception {
        join();
        agent().addFolder(documents.toString(), "papers", false);
        server.remove();
        await().until(() -> agent().status().connection(), Matchers.is(ConnectionState.LOGIN_NEEDED));
        assertThat(agent().status().message()).contains("'laptop' was removed");
        assertThat(agent().listFolders()).hasSize(1);
        join();
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(agent().listFolders()).hasSize(1);
    }

    @Test
    @Tag("A6")
    void removedDeviceIsConnectedAgainByASingleCommand() throws Exception {
        join();
        stop();
        server.removed = true;
        start(true);
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.RESTING);
        join();
        assertThat(server.removed).isFalse();
        assertThatThrownBy(this::join).isInstanceOf(AgentException.class).hasMessageContaining("LoggedInAlready");
    }

    @Test
    @Tag("A6")
    void devicesAreListedAndRemovedAndThePasswordChanged() throws Exception {
        Instant time = Instant.parse("2026-02-14T09:00:00Z");
        server.devices.add(new DeviceEntry(1, "laptop", true, true, time, time, null, time));
        server.devices.add(new DeviceEntry(2, "phone", false, false, time, time, "192.0.2.7", time));
        join();
        assertThat(agent().devices()).extracting(DeviceReport::name).containsExactly("laptop", "phone");
        assertThat(agent().devices().getLast().address()).isEqualTo("192.0.2.7");
        assertThat(agent().changePassword("secret", "another secret", false)).isZero();
        assertThat(agent().changePassword("secret", "another secret", true)).isEqualTo(1);
        assertThatThrownBy(() -> agent().removeDevice("phone", "wrong")).isInstanceOf(AgentException.class);
        agent().removeDevice("phone", "secret");
        assertThat(agent().devices()).hasSize(1);
    }

    @Test
    @Tag("C5")
    void limitsCountAtOnceAndAfterRestarts() throws Exception {
        assertThat(agent().bandwidth()).isEqualTo(Bandwidth.UNLIMITED);
        Bandwidth wanted = new Bandwidth(2 << 20, 0);
        agent().limit(wanted);
        assertThat(server.bandwidth).isEqualTo(wanted);
        server.bandwidth = null;
        stop();
        start(false);
        assertThat(server.bandwidth).isEqualTo(wanted).isEqualTo(agent().bandwidth());
    }

    @Test
    void joinCodeConnectsOnceAndOnlyOneAccountAtATime() throws Exception {
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.LOGGED_OUT);
        join();
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(agent().status().account().device()).isEqualTo("laptop");
        assertThatThrownBy(this::join).isInstanceOf(AgentException.class).hasMessageContaining("LoggedInAlready");
        assertThatThrownBy(() -> agent().join("tidebox-join-nonsense", null)).isInstanceOf(AgentException.class);
    }

    @Test
    void logoutEndsTheTokenAndLetsFoldersWait() throws Exception {
        join();
        agent().logout();
        assertThat(server.loggedOut).isTrue();
        assertThat(database.settings).doesNotContainKey("token");
        assertThat(agent().status().account()).isNull();
        assertThatThrownBy(() -> agent().addFolder(documents.toString(), null, false))
                .hasMessageContaining("NotLoggedIn");
    }

    @Test
    void versionsAreToldNewestFirstWithTheirPlaces() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        NodeId id = NodeId.random(new Random(1));
        Node node = Node.file(id, NodeId.ROOT, "letter", new Attributes(0644, 0), new Recipe("fixed", 0, List.of()))
                .withSequence(4);
        database.children.put("letter", LocalNode.of(node, DiskStamp.UNKNOWN));
        server.history.add(FakeServer.version(node.withDeleted(true).withSequence(9), 60));
        server.history.add(FakeServer.version(node, 0));
        assertThat(agent().history(documents.resolve("letter").toString())).containsExactly(
                new FileVersion(9, "letter", "FILE", 0, "laptop", "1970-01-01T00:01:00Z", true, false),
                new FileVersion(4, "letter", "FILE", 0, "laptop", "1970-01-01T00:00:00Z", false, false));
        assertThatThrownBy(() -> agent().history(documents.resolve("unknown").toString()))
                .hasMessageContaining("never synchronised");
        assertThatThrownBy(() -> agent().history(documents.toString())).hasMessageContaining("name a file");
        assertThatThrownBy(() -> agent().restore(
                new RestoreRequest(documents.resolve("letter").toString(), null, 7,
                        temporary.resolve("out").toString())))
                .hasMessageContaining("NoSuchVersion[version=7");
        assertThatThrownBy(() -> agent().restore(
                new RestoreRequest(documents.resolve("letter").toString(), null, 4, documents.resolve("x").toString())))
                .hasMessageContaining("TargetInSyncFolder");
        assertThatThrownBy(() -> agent().restoreTrash(List.of("abcdef12"))).hasMessageContaining("NotInTrash");
        assertThat(agent().trash(null)).isEmpty();
        assertThatThrownBy(() -> agent().history("/elsewhere")).hasMessageContaining("InNoSyncFolder");
    }

    @Test
    @Tag("P4")
    void chosenFeatureIsInUseAtOnceAndAfterRestart() throws Exception {
        assertThat(agent().features()).containsExactly(new FeatureStatus("watch", "first", List.of("first", "second")));
        assertThat(agent().useFeature("watch", "second").active()).isEqualTo("second");
        watchers.point.use("first");
        stop();
        start(false);
        assertThat(agent().features().get(0).active()).isEqualTo("second");
        assertThatThrownBy(() -> agent().useFeature("watch", "third")).hasMessageContaining("third");
        assertThatThrownBy(() -> agent().useFeature("wath", "first")).hasMessageContaining("watch");
    }

    @Test
    void restartGoesOnWithAccountAndFolders() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        stop();
        engines.clear();
        start(false);
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.CONNECTED);
        await().atMost(SOON).until(() -> !engines.get(documents).runs.isEmpty());
    }

    @Test
    void secondAgentOnTheSameHomeIsRefused() {
        assertThatThrownBy(() -> open(false)).isInstanceOf(HomeLockedException.class)
                .hasMessageContaining("in use by process");
    }

    @Test
    void agentForSingleCommandsWorksOnlyWhenAskedToWaitAndEndsWithItsLastCaller() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        stop();
        engines.clear();
        start(true);
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.RESTING);
        assertThat(agent().listFolders().get(0).activity()).isEqualTo(FolderActivity.WAITING);
        assertThat(engines).isEmpty();
        assertThat(agent().waitUntilSynced(5000)).isTrue();
        assertThat(engines).containsKey(documents);
        assertThat(ends).hasValue(0);
        connection.close();
        await().atMost(SOON).untilAtomic(ends, Matchers.is(1));
    }

    @Test
    void stopEndsTheProcessAfterTheAnswer() throws Exception {
        agent().stop();
        assertThat(ends).hasValue(1);
    }
}
