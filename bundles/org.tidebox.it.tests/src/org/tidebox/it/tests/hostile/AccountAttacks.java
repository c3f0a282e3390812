package org.tidebox.it.tests.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.it.tests.hostile.Siege.Attack;
import org.tidebox.it.tests.hostile.Siege.Client;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Codec;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Routes;

/** What somebody with an account can do to a server, and so to others. */
final class AccountAttacks {
    private static final int HELD_MILLIS = 5_000;
    private static final int STREAMS = 64;
    private static final int DEPTH = 300;
    private static final int CRUMBS = 20_000;
    private static final int SAME_LISTS = 42_000;
    private static final int LEVELS = 5;
    private static final int HUGE = 16 << 20;
    private static final int CHANGES = 130_000;

    private AccountAttacks() {
    }

    /** What cannot wait for others to begin. */
    private static final class Bodies {
        static final byte[] EXPANDING = expanding();
        static final byte[] SAME_LIST = sameList();
        static final byte[] BLANKS = blanks();

        private static byte[] blanks() {
            byte[] blanks = new byte[HUGE];
            Arrays.fill(blanks, (byte) ' ');
            return blanks;
        }

        private static byte[] expanding() {
            Node node = Node.folder(NodeId.ROOT, NodeId.ROOT, "x", new Attributes(0, 0));
            try {
                return HostileAccount.frames(new Commit(HostileAccount.commit(List.of()).id(),
                        Collections.nCopies(CHANGES, new Change(0, node))), true);
            } catch (IOException e) {
                throw new IllegalStateException("a stream in memory takes all", e);
            }
        }

        private static byte[] sameList() {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                FrameWriter writer = new FrameWriter(out);
                RecipeEntry entry = new RecipeEntry(ChunkCodec.idOf(ByteBuffer.allocate(1)), 1);
                EncodedChunk list = list(Collections.nCopies(Recipe.MAX_ENTRIES, entry));
                for (int i = 0; i < SAME_LISTS; i++) {
                    writer.writeChunk(list, 1);
                }
                writer.writeEnd();
                return out.toByteArray();
            } catch (IOException e) {
                throw new IllegalStateException("a stream in memory takes all", e);
            }
        }
    }

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("news-unread", AccountAttacks::newsUnread);
        all.put("fetch-unread", AccountAttacks::fetchUnread);
        all.put("fetch-slowly", AccountAttacks::fetchSlowly);
        all.put("crumbs", AccountAttacks::crumbs);
        all.put("upload-slowly", AccountAttacks::uploadSlowly);
        all.put("commit-expands", client -> upload(client, Bodies.EXPANDING));
        all.put("same-list", client -> upload(client, Bodies.SAME_LIST));
        all.put("history", AccountAttacks::history);
        all.put("changes-json", AccountAttacks::changes);
        all.put("changes-unread", AccountAttacks::changesUnread);
        all.put("huge-nodes", client -> huge(client, Routes.nodes(client.account().library())));
        all.put("huge-patches", client -> huge(client, Routes.patches(client.account().library())));
        all.put("patches", AccountAttacks::patches);
        all.put("deep-trees", AccountAttacks::deepTree);
        all.put("small-commits", AccountAttacks::smallCommits);
        all.put("recipe-expands", AccountAttacks::recipeExpands);
        return all;
    }

    private static Map<String, String> headers(Client client, String type) {
        return Map.of("authorization", "Bearer " + client.account().token(), "content-type", type);
    }

    private static void newsUnread(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 100)) {
            for (int i = 0; i < STREAMS; i++) {
                connection.request("GET", Routes.EVENTS, headers(client, Routes.JSON), true);
            }
            connection.flush();
            client.pause(HELD_MILLIS);
        }
    }

    private static void fetchUnread(Client client) throws IOException {
        byte[] asked = Codec.write(new ChunkIds(client.account().chunks()), Routes.JSON);
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 0)) {
            for (int i = 0; i < STREAMS; i++) {
                int stream = connection.request("POST", Routes.fetch(client.account().library()),
                        headers(client, Routes.JSON), false);
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, asked);
            }
            connection.flush();
            client.pause(HELD_MILLIS);
        }
    }

    private static void fetchSlowly(Client client) throws IOException {
        byte[] asked = Codec.write(new ChunkIds(client.account().chunks()), Routes.JSON);
        try (RawHttp1 connection = RawHttp1.connect(client.from(), client.port())) {
            connection.begin("POST", Routes.fetch(client.account().library()), client.account().token(), Routes.JSON,
                    asked.length);
            connection.out().write(asked);
            while (!client.isOver() && connection.in().read() >= 0) {
                client.pause(100);
            }
        }
    }

    private static void crumbs(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 1 << 20)) {
            int stream = connection.request("POST", Routes.upload(client.account().library()),
                    headers(client, Routes.FRAMES), false);
            for (int i = 0; i < CRUMBS && !client.isOver(); i++) {
                connection.frame(RawHttp2.DATA, 0, stream, new byte[1]);
            }
            connection.flush();
            client.pause(1_000);
        }
    }

    private static void uploadSlowly(Client client) throws IOException {
        byte[] frames = Bodies.SAME_LIST;
        try (RawHttp1 connection = RawHttp1.connect(client.from(), client.port())) {
            connection.begin("POST", Routes.upload(client.account().library()), client.account().token(),
                    Routes.FRAMES, frames.length);
            for (int at = 0; at < frames.length && !client.isOver(); at++) {
                connection.out().write(frames, at, 1);
                client.pause(100);
            }
        }
    }

    private static void upload(Client client, byte[] frames) throws IOException {
        client.ask("POST", Routes.upload(client.account().library()), Routes.FRAMES, frames);
    }

    private static void history(Client client) throws IOException {
        client.ask("GET", Routes.history(client.account().library()) + "?node=" + client.account().versions(),
                Routes.JSON, new byte[0]);
    }

    private static String changesOf(Client client) {
        return Routes.changes(client.account().library()) + "?since=0&limit=5000";
    }

    private static void changes(Client client) throws IOException {
        client.ask("GET", changesOf(client), Routes.JSON, new byte[0]);
    }

    private static void changesUnread(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 0)) {
            for (int i = 0; i < 24; i++) {
                connection.request("GET", changesOf(client), headers(client, Routes.JSON), true);
            }
            connection.flush();
            client.pause(HELD_MILLIS);
        }
    }

    private static void huge(Client client, String path) throws IOException {
        client.ask("POST", path, Routes.JSON, Bodies.BLANKS);
    }

    private static void patches(Client client) throws IOException {
        List<ChunkId> ids = client.account().chunks();
        List<ChunkWish> wishes = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            wishes.add(new ChunkWish(ids.get(i), ids.subList(8, 12)));
        }
        client.ask("POST", Routes.patches(client.account().library()), Routes.JSON,
                Codec.write(new ChunkWishes(wishes), Routes.JSON));
    }

    private static void deepTree(Client client) throws IOException {
        Random random = HostileAccount.random();
        List<Change> chain = new ArrayList<>();
        NodeId parent = NodeId.ROOT;
        for (int i = 0; i < DEPTH; i++) {
            Node folder = HostileAccount.folder(random, parent, i == 0 ? "deep " + random.nextLong() : "d");
            chain.add(new Change(0, folder));
            parent = folder.id();
        }
        upload(client, HostileAccount.frames(HostileAccount.commit(chain), false));
        client.ask("GET", Routes.tree(client.account().library()) + "?asOf=1000000&after=0", Routes.JSON, new byte[0]);
    }

    private static void smallCommits(Client client) throws IOException {
        for (int i = 0; i < 10 && !client.isOver(); i++) {
            Random random = HostileAccount.random();
            Node folder = HostileAccount.folder(random, NodeId.ROOT, "small " + random.nextLong());
            upload(client, HostileAccount.frames(HostileAccount.commit(List.of(new Change(0, folder))), true));
        }
    }

    /** Lists of lists: a few kilobytes that name a file of more bytes than there are disks for. */
    private static void recipeExpands(Client client) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        ByteBuffer piece = ByteBuffer.wrap(Long.toString(client.random().nextLong())
                .getBytes(StandardCharsets.US_ASCII));
        EncodedChunk chunk = new ChunkCodec().encode(ChunkCodec.idOf(piece), piece);
        writer.writeChunk(chunk, 0);
        RecipeEntry entry = new RecipeEntry(chunk.id(), chunk.rawLength());
        for (int level = 1; level <= LEVELS; level++) {
            EncodedChunk list = list(Collections.nCopies(Recipe.MAX_ENTRIES, entry));
            writer.writeChunk(list, level);
            entry = new RecipeEntry(list.id(), Recipe.MAX_ENTRIES * entry.length());
        }
        Node file = HostileAccount.file(HostileAccount.random(), "huge " + chunk.id(),
                new Recipe("fastcdc", LEVELS, List.of(entry)));
        writer.writeCommit(HostileAccount.commit(List.of(new Change(0, file))));
        writer.writeEnd();
        upload(client, out.toByteArray());
    }

    private static EncodedChunk list(List<RecipeEntry> entries) {
        ByteBuffer raw = ByteBuffer.wrap(Recipe.encodeEntries(entries));
        return new ChunkCodec().encode(ChunkCodec.idOf(raw), raw);
    }
}
