package org.tidebox.sim.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.Question;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * A disk that is mounted inside a device's folder and unmounted again: in a folder of its own, where what it holds is
 * synchronised, or over one that holds something, which it hides. What people write where it is not seen later they
 * give up.
 */
final class SimMount {
    private static final String NAME = "disk";

    private final SimDevice device;
    private final Texts texts;
    private final Path place;
    private Path made;
    private boolean hides;

    SimMount(SimDevice device, Texts texts) {
        this.device = device;
        this.texts = texts;
        this.place = device.root().resolve(NAME);
    }

    /** Returns whether it is where disks are mounted on some device: nobody renames or removes that. */
    static boolean isPlace(Path path) {
        return path.getNameCount() == 2 && path.getFileName().toString().equals(NAME);
    }

    /** Returns whether there is a disk. */
    boolean isKnown() {
        return made != null;
    }

    /** Returns whether a message of the engine asks about it. */
    boolean isAskedFor(FolderMessage message) {
        return message instanceof Question.MountsAway;
    }

    /** Mounts or unmounts it; says what was done. */
    String change(Random random) throws IOException {
        boolean isSeen = !device.database().factNames("mount:").isEmpty();
        if (made != null && device.disk().isMounted(place) && !isSeen) {
            // What the engine does not know to be mounted it cannot miss.
            return "nothing";
        }
        return device.disk().asUser(() -> made == null ? begin(random) : turn());
    }

    /** Brings it into the state in which all that counts is seen. */
    void settle() throws IOException {
        if (made != null && device.disk().isMounted(place) == hides) {
            device.disk().asUser(this::turn);
        }
    }

    private String begin(Random random) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return "nothing";
        }
        if (Files.notExists(place) && random.nextInt(3) == 0) {
            Files.createDirectory(place);
            Files.writeString(place.resolve("below"), texts.written(texts.fresh()));
            return device.name() + " makes what may be hidden later";
        }
        boolean isEmpty = isEmpty();
        if (isEmpty == knowsChildren()) {
            return "nothing";
        }
        hides = !isEmpty;
        Files.createDirectories(place);
        made = device.disk().newDisk();
        device.disk().mount(place, made);
        if (!hides && random.nextBoolean()) {
            Files.writeString(place.resolve("on the disk"), texts.written(texts.fresh()));
        }
        return device.name() + " mount, " + (hides ? "over what is there" : "in a folder of its own");
    }

    private boolean isEmpty() throws IOException {
        if (Files.notExists(place)) {
            return true;
        }
        try (Stream<Path> children = Files.list(place)) {
            return children.findAny().isEmpty();
        }
    }

    private boolean knowsChildren() {
        return device.database().here().stream()
                .filter(node -> node.parent().equals(NodeId.ROOT) && node.name().equals(NAME)
                        && node.kind() == NodeKind.FOLDER)
                .anyMatch(folder -> device.database().here().stream()
                        .anyMatch(node -> node.parent().equals(folder.id())));
    }

    private String turn() throws IOException {
        boolean mounts = !device.disk().isMounted(place);
        if (mounts == hides) {
            return mounts ? mount() : unmount();
        }
        giveUp();
        return mounts ? mount() : unmount();
    }

    private String mount() throws IOException {
        Files.createDirectories(place);
        device.disk().mount(place, made);
        return device.name() + " mount";
    }

    private String unmount() {
        device.disk().unmount(place);
        return device.name() + " unmount";
    }

    /** What is seen now is hidden for good, or nearly. */
    private void giveUp() throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(place)) {
                for (Path path : all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)).toList()) {
                    texts.destroyed(SimDevice.text(path));
                }
            }
        }
    }
}
