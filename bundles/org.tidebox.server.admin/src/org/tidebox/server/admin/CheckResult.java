package org.tidebox.server.admin;

import java.util.List;

/**
 * What a check found.
 *
 * @param libraries how many libraries were looked at
 * @param nodes how many files and folders, deleted ones included
 * @param versions how many versions with content
 * @param chunks how many chunks of the index
 * @param packs how many packs
 * @param rebuilt how many entries of the index were made anew from packs
 * @param count how many findings there are
 * @param findings the first thousand of them
 */
public record CheckResult(long libraries, long nodes, long versions, long chunks, long packs, long rebuilt, long count,
        List<FindingInfo> findings) {
}
