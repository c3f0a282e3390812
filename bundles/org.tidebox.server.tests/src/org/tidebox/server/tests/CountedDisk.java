package org.tidebox.server.tests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import org.tidebox.server.tests.FaultCounter.When;
import org.tidebox.storage.file.PackDisk;
import org.tidebox.storage.tests.file.ChannelThrough;

/** A real disk of which one call fails. */
record CountedDisk(FaultCounter counter) implements PackDisk {
    private interface Work<R> {
        R run() throws IOException;
    }

    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
        return new Counted(call("open", () -> REAL.open(path, options)));
    }

    @Override
    public void create(Path file) throws IOException {
        call("create", () -> {
            REAL.create(file);
            return null;
        });
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete", () -> {
            REAL.delete(file);
            return null;
        });
    }

    @Override
    public long size(Path file) throws IOException {
        return call("size", () -> REAL.size(file));
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        call("makeFolder", () -> {
            REAL.makeFolder(folder);
            return null;
        });
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        call("syncFolder", () -> {
            REAL.syncFolder(folder);
            return null;
        });
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return call("list", () -> REAL.list(folder));
    }

    private <R> R call(String name, Work<R> work) throws IOException {
        fail(name, When.BEFORE);
        R result = work.run();
        try {
            fail(name, When.AFTER);
        } catch (IOException e) {
            if (result instanceof FileChannel channel) {
                channel.close();
            }
            throw e;
        }
        return result;
    }

    private void fail(String name, When point) throws IOException {
        if (counter.isDue("disk." + name, point)) {
            throw new IOException("failed on purpose " + point + " " + name);
        }
    }

    private final class Counted extends ChannelThrough {
        Counted(FileChannel target) {
            super(target);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return call("read", () -> super.read(bytes, position));
        }

        /** Writes half before it fails. */
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            fail("write", When.BEFORE);
            if (counter.isDue("disk.write", When.AFTER)) {
                super.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
                throw new IOException("failed on purpose in the middle of a write");
            }
            return super.write(bytes);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            call("truncate", () -> super.truncate(size));
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            call("force", () -> {
                super.force(metadata);
                return null;
            });
        }
    }
}
