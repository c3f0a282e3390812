package org.tidebox.sync.internal.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.OnTwoDevices;
import org.tidebox.wire.PushedChanges;

/** What changed comes with the news: it counts as if it had been asked for, and nothing is believed that would not be then. */
@Tag("C1")
@Tag("C6")
class PushedChangesTest extends OnTwoDevices {
    @BeforeEach
    void agree() throws Exception {
        one.write("old", "old");
        assertSame();
    }

    @Test
    void deviceThatIsUpToDateNeedsNoRequest() throws Exception {
        HeadNews news = save("note", "hello");

        assertNoRequest(news);

        assertThat(two.read("note")).isEqualTo("hello");
        assertThat(two.store().cursor()).isEqualTo(server.head());
        assertSame();
    }

    @Test
    void severalCommitsInARowNeedNoRequestEither() throws Exception {
        HeadNews first = save("note", "hello");
        Files.move(one.path("old"), one.path("new"));
        HeadNews second = save("other", "world");

        assertNoRequest(second.join(first));

        assertThat(two.content()).isEqualTo(one.content()).containsOnlyKeys("new", "note", "other");
    }

    @Test
    void deletionsAndFoldersComeToo() throws Exception {
        Files.delete(one.path("old"));
        Files.createDirectories(one.path("a/b"));

        assertNoRequest(save("a/b/c", "deep"));

        assertThat(two.content()).isEqualTo(one.content()).containsOnlyKeys("a", "a/b", "a/b/c");
    }

    @Test
    void deviceThatIsBehindAsks() throws Exception {
        save("first", "1");
        HeadNews news = save("second", "2");
        int asked = server.changesRequests;

        assertThat(run(news).quiet()).isTrue();

        assertThat(server.changesRequests).isEqualTo(asked + 1);
        assertThat(two.content()).isEqualTo(one.content()).hasSize(3);
    }

    @Test
    void newsThatComeLateChangeNothing() throws Exception {
        HeadNews late = save("note", "first");
        save("note", "second");
        assertSame();

        assertNoRequest(late);

        assertThat(two.read("note")).isEqualTo("second");
    }

    @Test
    void damagedContentIsFetched() throws Exception {
        HeadNews news = save("note", "hello");
        EncodedChunk right = news.pushed().chunks().getFirst();
        EncodedChunk wrong = new EncodedChunk(right.id(), right.encoding(), right.rawLength(),
                ByteBuffer.wrap("jello".getBytes()));
        int asked = server.changesRequests;
        int fetched = server.fetches;

        run(with(news, List.of(wrong)));

        assertThat(server.changesRequests).isEqualTo(asked);
        assertThat(server.fetches).isEqualTo(fetched + 1);
        assertThat(two.read("note")).isEqualTo("hello");
    }

    @Test
    void contentThatDidNotComeIsFetched() throws Exception {
        HeadNews news = save("note", "hello");
        int fetched = server.fetches;

        run(with(news, List.of()));

        assertThat(server.fetches).isEqualTo(fetched + 1);
        assertThat(two.read("note")).isEqualTo("hello");
    }

    @Test
    @Tag("C2")
    void changesOfAnotherHistoryAreNotTakenButAskedAbout() throws Exception {
        MemoryRemote.Backup backup = server.backUp();
        two.write("by two", "after the backup");
        two.sync();
        server.restore(backup);
        one.write("lost", "one brings the server to where it was, and on");
        one.sync();
        HeadNews news = save("note", "hello");

        SyncReport report = run(news);

        assertThat(report.stopped()).isTrue();
        assertThat(two.folder().status().state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(two.content()).doesNotContainKey("note");
    }

    @Test
    @Tag("C2")
    void afterAnAnswerThatGotLostTheServerIsAsked() throws Exception {
        HeadNews news = save("note", "hello");
        two.write("note 2", "by two");
        server.loseNextAnswer();
        assertThatThrownBy(() -> run(HeadNews.KNOWN)).isInstanceOf(RemoteException.class);
        int asked = server.changesRequests;

        run(news);

        assertThat(server.changesRequests).isGreaterThan(asked);
        assertSame();
        assertThat(two.content()).containsOnlyKeys("old", "note", "note 2");
    }

    @Test
    void changesBesideAnEditHereMakeAConflictAsEver() throws Exception {
        HeadNews news = save("old", "by one");
        two.write("old", "by two, longer");

        run(news);

        assertThat(two.read("old")).isEqualTo("by one");
        assertThat(two.content()).hasSize(2);
        assertSame();
    }

    private HeadNews save(String path, String text) throws Exception {
        one.write(path, text);
        assertThat(one.sync().quiet()).isTrue();
        return new HeadNews(server.head(), server.pushed);
    }

    private static HeadNews with(HeadNews news, List<EncodedChunk> chunks) {
        return new HeadNews(news.head(), new PushedChanges(news.pushed().commits(), news.pushed().mark(), chunks));
    }

    private void assertNoRequest(HeadNews news) throws Exception {
        int requests = server.requests();
        assertThat(run(news).quiet()).isTrue();
        assertThat(server.requests()).isEqualTo(requests);
    }

    private SyncReport run(HeadNews news) throws Exception {
        return two.folder().sync(ScanScope.EVERYTHING, news);
    }
}
