package org.tidebox.sync.internal.apply;

import java.nio.file.Path;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.KeptName;

/**
 * An entry of the sync folder that lies in the temporary folder until it is clear that nobody misses it.
 *
 * @param path where it lies, named by {@link KeptName}
 * @param node what was planned for; {@code null} if that is not known any more
 * @param place where it was
 * @param base the sequence of the version that both sides last agreed on; {@code null} if there is none
 */
public record SetAside(Path path, LocalNode node, Path place, Long base) {
}
