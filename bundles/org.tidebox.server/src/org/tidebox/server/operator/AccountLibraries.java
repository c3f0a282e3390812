package org.tidebox.server.operator;

import java.util.List;
import java.util.Optional;
import org.tidebox.feature.Lease;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.PlainName;

/** Finds the libraries that operators name. Thread-safe. */
final class AccountLibraries {
    private final ServerData data;

    AccountLibraries(ServerData data) {
        this.data = data;
    }

    /**
     * A library and whose it is.
     *
     * @param account whose
     * @param library which
     */
    record Found(Account account, Library library) {
    }

    /**
     * Finds a library.
     *
     * @param name its name, or its kind, a colon and its name where several have the name
     */
    Found find(String account, String name) throws AdminException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            MetadataStore metadata = stores.get().metadata();
            Account found = metadata.accounts().find(account).orElseThrow(() -> new AdminException(
                    "There is no account '" + account + "'; see 'tidebox server account list'"));
            return new Found(found, find(account, metadata.journal().list(found.id()), name));
        }
    }

    private static Library find(String account, List<Library> libraries, String name) throws AdminException {
        Library found = named(libraries, name).or(() -> ofKind(libraries, name))
                .orElseThrow(() -> new AdminException("The account '" + account + "' has no library '" + name
                        + "'; it has " + libraries.stream().map(Library::name).toList()));
        List<String> kinds = libraries.stream().filter(other -> other.name().equals(found.name()))
                .map(other -> other.kind() + ":" + other.name()).toList();
        if (kinds.size() > 1 && named(libraries, name).isPresent()) {
            throw new AdminException("The account '" + account + "' has several libraries '" + name + "'; name one of "
                    + String.join(", ", kinds));
        }
        return found;
    }

    private static Optional<Library> named(List<Library> libraries, String name) {
        return PlainName.find(libraries, Library::name, name);
    }

    private static Optional<Library> ofKind(List<Library> libraries, String name) {
        for (LibraryKind kind : LibraryKind.values()) {
            String prefix = kind + ":";
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return named(libraries.stream().filter(library -> library.kind() == kind).toList(),
                        name.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }
}
