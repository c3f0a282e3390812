package org.tidebox.fuzz.tests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.PastPage;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Compression;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** All records that travel. The first byte chooses the record and whether it is JSON, CBOR, or CBOR compressed. */
final class MessagesTarget implements Target {
    private static final List<Class<?>> RECORDS = List.of(Commit.class, Problem.class, Messages.ServerInfo.class,
            Messages.Login.class, Messages.Join.class, Messages.Welcome.class, Messages.Libraries.class,
            Messages.NewLibrary.class, Messages.ChunkIds.class, Messages.Wanted.class, Messages.ChunkWishes.class,
            Messages.Uploaded.class, Messages.History.class, Messages.NodeIds.class, Messages.FoldersAsOf.class,
            Messages.Deleted.class, Messages.Moment.class, ChangePage.class, LibraryEvent.class, Library.class,
            CommitResult.class, PastPage.class);
    private static final int FORMS = 3;

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        int choice = draw.next();
        Class<?> type = RECORDS.get(choice / FORMS % RECORDS.size());
        int form = choice % FORMS;
        byte[] body = draw.rest();
        Object message;
        try {
            message = form == 2
                    ? Codec.read(Compression.expand(new ByteArrayInputStream(body)), type, Routes.CBOR,
                            Limits.MAX_MESSAGE)
                    : Codec.read(body, type, form == 0 ? Routes.JSON : Routes.CBOR);
        } catch (WireException e) {
            requireForPerson(e);
            return;
        } catch (IOException e) {
            if (form == 2) {
                return;
            }
            throw e;
        }
        for (String mediaType : List.of(Routes.JSON, Routes.CBOR)) {
            byte[] once = Codec.write(message, mediaType);
            byte[] twice = Codec.write(Codec.read(once, type, mediaType), mediaType);
            if (!Arrays.equals(once, twice)) {
                throw new AssertionError(type.getSimpleName() + " is written in two ways as " + mediaType);
            }
        }
    }

    private static void requireForPerson(WireException e) {
        String message = e.getMessage();
        if (message == null || message.contains("com.fasterxml.jackson")
                || message.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("a message that is not for a person: " + message, e);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Object message : Samples.messages()) {
            int choice = RECORDS.indexOf(message.getClass()) * FORMS;
            seeds.add(Samples.prefixed(choice, Samples.json(message)));
            seeds.add(Samples.prefixed(choice + 1, Samples.cbor(message)));
            seeds.add(Samples.prefixed(choice + 2, Compression.compress(Samples.cbor(message))));
        }
        return seeds;
    }
}
