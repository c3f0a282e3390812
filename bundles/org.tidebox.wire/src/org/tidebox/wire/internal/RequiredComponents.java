package org.tidebox.wire.internal;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Map;
import java.util.Set;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.Node;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages;

/** Makes every component of a record a must, except the few that may be absent. */
final class RequiredComponents extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Map<Class<?>, Set<String>> OPTIONAL = Map.ofEntries(
            Map.entry(Node.class, Set.of("recipe", "target")),
            Map.entry(Attributes.class, Set.of("extended")),
            Map.entry(Conflict.class, Set.of("current")),
            Map.entry(ChangePage.class, Set.of("mark")),
            Map.entry(Commit.class, Set.of("seen", "confirmed")),
            Map.entry(CommitResult.class, Set.of("mark")),
            Map.entry(CommitResult.Outcome.class, Set.of("conflict")),
            Map.entry(LibraryEvent.class, Set.of("pushed")),
            Map.entry(Messages.DeviceEntry.class, Set.of("address")),
            Map.entry(Messages.Uploaded.class, Set.of("commit")),
            Map.entry(Messages.FolderEntry.class, Set.of("target")),
            Map.entry(Messages.FolderPage.class, Set.of("next")));

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
        return member instanceof AnnotatedParameter parameter ? (Boolean) isRequired(parameter) : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter && isRequired(parameter)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)
                : super.findSetterInfo(annotated);
    }

    private static boolean isRequired(AnnotatedParameter parameter) {
        Class<?> type = parameter.getDeclaringClass();
        return type.isRecord() && !OPTIONAL.getOrDefault(type, Set.of())
                .contains(type.getRecordComponents()[parameter.getIndex()].getName());
    }
}
