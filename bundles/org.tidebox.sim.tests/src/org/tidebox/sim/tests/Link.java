package org.tidebox.sim.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.server.ingest.Transfers;
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.session.Session;
import org.tidebox.sim.tests.Weather.Fault;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** One device's way to the server: a network that loses, delays, repeats and cuts requests. */
final class Link implements Remote {
    private static final Duration LATENCY = Duration.ofMillis(10);

    private final World world;
    private final SimDevice device;
    private final Session session;
    private final int page;

    Link(World world, SimDevice device, int index, int page) {
        this.world = world;
        this.device = device;
        this.session = world.server().session(index);
        this.page = page;
    }

    @Override
    public ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException {
        return pass("changes " + since, device.weather().fault(),
                () -> serve(() -> libraries().changes(session, library, since, seen, page)));
    }

    @Override
    public Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        return Set.copyOf(pass("missing " + ids.size(), device.weather().fault(), () -> serve(() -> world.server()
                .core().transfers().missing(session, library, new ChunkIds(List.copyOf(ids))).ids())));
    }

    @Override
    public List<SequenceRange> confirmed(LibraryId library, long since) throws RemoteException {
        return pass("confirmed " + since, device.weather().fault(),
                () -> serve(() -> world.server().core().history().confirmed(session, library, since).ranges()));
    }

    @Override
    public List<NodeId> wanted(LibraryId library) throws RemoteException {
        return pass("wanted", device.weather().fault(), () -> serve(() -> world.server().core()
                .damage().wanted(session.account()).getOrDefault(library, List.of())));
    }

    @Override
    public CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException {
        byte[] frames = frames(chunks, commit);
        Fault fault = device.weather().fault();
        String what = "upload " + frames.length + (commit == null ? "" : " " + commit.changes());
        if (fault == Fault.LATE) {
            world.trace().add(device.name() + " " + what + " is on its way");
            world.later(() -> deliver(frames, commit));
            throw unreachable();
        }
        if (fault == Fault.CUT) {
            byte[] part = Arrays.copyOf(frames, device.weather().random.nextInt(frames.length));
            return pass(what + " cut", Fault.LOSE_ANSWER, () -> deliver(part, commit));
        }
        return pass(what, fault, () -> deliver(frames, commit));
    }

    private CommitResult deliver(byte[] frames, Commit commit) throws Exception {
        return world.server().upload(session, frames, commit);
    }

    @Override
    public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        Fault fault = device.weather().fault();
        int cut = fault == Fault.CUT ? device.weather().random.nextInt(ids.size() + 1) : Integer.MAX_VALUE;
        pass("fetch " + ids.size(), fault == Fault.DUPLICATE ? Fault.NONE : fault, () -> serve(() -> {
            world.server().core().transfers().fetch(session, library, new ChunkIds(ids),
                    new Downstream(receiver, patch -> {
                        throw new IllegalStateException("nobody asked for patches");
                    }, cut));
            return null;
        }));
    }

    @Override
    public Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        Map<ChunkId, BlockSignature> signatures = new HashMap<>();
        if (!ids.isEmpty()) {
            pass("signatures " + ids.size(), device.weather().fault(), () -> serve(() -> {
                world.server().core().transfers().signatures(session, library, new ChunkIds(List.copyOf(ids)),
                        signatures::put);
                return null;
            }));
        }
        return signatures;
    }

    @Override
    public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        if (wishes.stream().allMatch(wish -> wish.bases().isEmpty())) {
            fetch(library, wishes.stream().map(ChunkWish::id).toList(), wholes);
            return;
        }
        Fault fault = device.weather().fault();
        int cut = fault == Fault.CUT ? device.weather().random.nextInt(wishes.size() + 1) : Integer.MAX_VALUE;
        pass("fetch patches " + wishes.size(), fault == Fault.DUPLICATE ? Fault.NONE : fault, () -> serve(() -> {
            world.server().core().transfers().fetchPatches(session, library, new ChunkWishes(wishes),
                    new Downstream(wholes, patches, cut));
            return null;
        }));
    }

    /** Hands on what comes, until the connection breaks. */
    private static final class Downstream implements Transfers.PatchReceiver {
        private final ChunkReceiver wholes;
        private final PatchReceiver patches;
        private int left;

        Downstream(ChunkReceiver wholes, PatchReceiver patches, int cut) {
            this.wholes = wholes;
            this.patches = patches;
            this.left = cut;
        }

        @Override
        public void chunk(EncodedChunk chunk, int level) throws IOException {
            hand(() -> wholes.chunk(chunk));
        }

        @Override
        public void patch(ChunkPatch patch, int level) throws IOException {
            hand(() -> patches.patch(patch));
        }

        private void hand(Step step) throws IOException {
            if (left-- <= 0) {
                throw new IOException("cut");
            }
            try {
                step.run();
            } catch (RemoteException e) {
                throw new IOException(e);
            }
        }
    }

    /** What may fail as a request does. */
    private interface Step {
        void run() throws RemoteException;
    }

    private <R> R serve(SimServer.Request<R> request) throws Exception {
        return world.server().serve(request);
    }

    private <R> R pass(String what, Fault fault, SimServer.Request<R> request) throws RemoteException {
        world.before(device, "request " + what);
        world.clock().advance(LATENCY);
        world.trace().add(device.name() + " " + what + (fault == Fault.NONE ? "" : " " + fault));
        if (fault == Fault.DROP || fault == Fault.LATE) {
            throw unreachable();
        }
        R answer = run(request);
        if (fault == Fault.DUPLICATE) {
            answer = run(request);
        }
        world.before(device, "answer");
        if (fault == Fault.LOSE_ANSWER || fault == Fault.CUT) {
            throw unreachable();
        }
        return answer;
    }

    /** Turns the failures of a server into those that a device sees. */
    static <R> R run(SimServer.Request<R> request) throws RemoteException {
        try {
            return request.run();
        } catch (ProblemException e) {
            throw new RemoteException(reason(e.getType()), e.getMessage(), e);
        } catch (IOException e) {
            throw unreachable();
        } catch (RemoteException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reason reason(ProblemType type) {
        return type == ProblemType.SET_BACK ? Reason.SET_BACK : type.isPermanent() ? Reason.REFUSED : Reason.FAILED;
    }

    private Libraries libraries() {
        return world.server().core().libraries();
    }

    private static byte[] frames(ChunkStream chunks, Commit commit) throws RemoteException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            FrameWriter writer = new FrameWriter(bytes);
            for (Outgoing next = chunks.next(); next != null; next = chunks.next()) {
                switch (next) {
                    case Whole whole -> writer.writeChunk(whole.chunk(), whole.level());
                    case Patched patched -> writer.writePatch(patched.patch(), patched.level());
                }
            }
            if (commit != null) {
                writer.writeCommit(commit);
            }
            writer.writeEnd();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static RemoteException unreachable() {
        return new RemoteException(Reason.UNREACHABLE, "the network is bad", null);
    }
}
