package org.tidebox.sync.confined;

import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Names entries in errors as people know them, and not by the way through an open folder. */
final class Refusals {
    private Refusals() {
    }

    /**
     * Returns the same error about the same entries.
     *
     * @param names the entries as people know them, by the ways that were taken to them
     */
    static FileSystemException named(FileSystemException e, Map<Path, Path> names) {
        String file = name(e.getFile(), names);
        String other = name(e.getOtherFile(), names);
        if (Objects.equals(file, e.getFile()) && Objects.equals(other, e.getOtherFile())) {
            return e;
        }
        FileSystemException named = switch (e) {
            case NoSuchFileException gone -> new NoSuchFileException(file, other, e.getReason());
            case FileAlreadyExistsException there -> new FileAlreadyExistsException(file, other, e.getReason());
            case AccessDeniedException denied -> new AccessDeniedException(file, other, e.getReason());
            case DirectoryNotEmptyException full -> new DirectoryNotEmptyException(file);
            case AtomicMoveNotSupportedException apart ->
                new AtomicMoveNotSupportedException(file, other, e.getReason());
            case NotDirectoryException none -> new NotDirectoryException(file);
            case NotLinkException none -> new NotLinkException(file, other, e.getReason());
            default -> new FileSystemException(file, other, e.getReason());
        };
        named.initCause(e);
        return named;
    }

    private static String name(String file, Map<Path, Path> names) {
        return names.entrySet().stream().filter(name -> name.getKey().toString().equals(file))
                .map(name -> name.getValue().toString()).findFirst().orElse(file);
    }
}
