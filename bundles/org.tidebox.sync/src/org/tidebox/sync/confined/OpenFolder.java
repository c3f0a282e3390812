package org.tidebox.sync.confined;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that is held open, so that its entries are reached through itself and not by its path. Not thread-safe. */
final class OpenFolder {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFolder.class);

    /** Keeps it open; {@code null} if it is reached by its path. */
    private final FileChannel channel;
    private final Path through;
    private Path place;
    private DirectoryStream<Path> stream;

    private OpenFolder(FileChannel channel, Path through, Path place) {
        this.channel = channel;
        this.through = through;
        this.place = place;
    }

    /** Returns a folder that is reached by its path, since it cannot be held. */
    static OpenFolder byPath(Path path) {
        return new OpenFolder(null, path, null);
    }

    /**
     * Opens a folder.
     *
     * @param found what it was found to be
     * @param follows whether to follow a link
     * @throws UnsupportedOperationException if the system does not show the way through it
     * @throws NoSuchFileException if it is another one by now
     */
    static OpenFolder open(Path path, BasicFileAttributes found, Descriptors descriptors, boolean follows)
            throws IOException {
        FileChannel channel = follows
                ? FileChannel.open(path, StandardOpenOption.READ)
                : FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        boolean isOpened = false;
        try {
            Path through = descriptors.find(channel);
            BasicFileAttributes opened = Files.readAttributes(through, BasicFileAttributes.class);
            if (!Objects.equals(opened.fileKey(), found.fileKey())) {
                throw new NoSuchFileException(path.toString());
            }
            OpenFolder folder = new OpenFolder(channel, through, Files.readSymbolicLink(through));
            isOpened = true;
            return folder;
        } finally {
            if (!isOpened) {
                channel.close();
            }
        }
    }

    boolean isHeld() {
        return channel != null;
    }

    /** Returns where the system says that it lies; {@code null} if it is reached by its path. */
    Path place() {
        return place;
    }

    /** Returns whether it lies where it lay when it was opened. */
    boolean liesWhereItDid() {
        try {
            return Files.readSymbolicLink(through).equals(place);
        } catch (IOException e) {
            LOG.debug("Cannot tell where {} lies: {}", place, e.getMessage());
            return false;
        }
    }

    /** It counts as lying where it lies now. */
    public void moved() throws IOException {
        place = Files.readSymbolicLink(through);
    }

    /** Returns the way to one of its entries. */
    Path entry(Path name) {
        return through.resolve(name);
    }

    /** Returns the way to itself, which ends with no link. */
    Path itself() {
        return isHeld() ? through.resolve(".") : through;
    }

    /**
     * Returns what changes attributes of one of its entries, and never those of what a link leads to. That of
     * {@link Files} follows links where it sets permissions, whatever it is told (JDK 25).
     *
     * @return {@code null} if there is none on this system
     */
    <V extends FileAttributeView> V view(Path name, Class<V> type) throws IOException {
        if (isHeld() && stream == null) {
            stream = Files.newDirectoryStream(itself());
        }
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS)
                : null;
    }

    void close(Descriptors descriptors) throws IOException {
        if (stream != null) {
            stream.close();
        }
        if (isHeld()) {
            channel.close();
            descriptors.closed(through);
        }
    }
}
