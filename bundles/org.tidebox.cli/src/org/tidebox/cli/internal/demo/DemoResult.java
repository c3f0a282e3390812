package org.tidebox.cli.internal.demo;

import java.util.List;

/**
 * What a demo came to.
 *
 * @param chapters what happened, in order
 * @param same whether both devices hold the same at the end
 * @param files how many files were compared for that
 * @param bytes how long they are together
 * @param differences what differs; none if all is the same
 */
public record DemoResult(List<Chapter> chapters, boolean same, long files, long bytes, List<String> differences) {
}
