package org.tidebox.checks.api;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The public and protected members of public types, one line for each, as their sources say it: names of parameters,
 * annotations and values do not count, and types are not resolved.
 */
final class Signatures {
    private final Set<String> lines = new TreeSet<>();

    private Signatures() {
    }

    /** Returns the lines of some Java files, sorted. */
    static List<String> of(List<Path> files) throws IOException {
        Signatures signatures = new Signatures();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> errors = new ArrayList<>();
            JavacTask task = (JavacTask) compiler.getTask(null, manager, found -> errors.add(found.toString()),
                    List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree declared : unit.getTypeDecls()) {
                    if (declared instanceof ClassTree type) {
                        signatures.type(type, "", false);
                    }
                }
            }
            if (!errors.isEmpty()) {
                throw new IOException("Cannot parse sources: " + errors);
            }
        }
        return List.copyOf(signatures.lines);
    }

    private void type(ClassTree type, String outer, boolean isPublic) {
        if (!isPublic && !isVisible(type.getModifiers())) {
            return;
        }
        String name = outer + type.getSimpleName();
        boolean isInterface = type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        String kind = switch (type.getKind()) {
            case INTERFACE -> "interface ";
            case ANNOTATION_TYPE -> "@interface ";
            case ENUM -> "enum ";
            case RECORD -> "record ";
            default -> "class ";
        };
        lines.add(name + ": " + modifiers(type.getModifiers()) + kind + type.getSimpleName()
                + list("<", type.getTypeParameters(), ">")
                + (type.getKind() != Tree.Kind.RECORD
                        ? ""
                        : components(type).map(field -> field.getType() + " " + field.getName())
                                .collect(Collectors.joining(", ", "(", ")")))
                + (type.getExtendsClause() == null ? "" : " extends " + type.getExtendsClause())
                + list(isInterface ? " extends " : " implements ", type.getImplementsClause(), "")
                + list(" permits ", type.getPermitsClause(), ""));
        for (Tree member : type.getMembers()) {
            switch (member) {
                case ClassTree nested -> type(nested, name + ".", isInterface);
                case MethodTree method -> method(method, type, name, isInterface);
                case VariableTree field -> field(field, type, name, isInterface);
                default -> {
                    // Blocks that initialise promise nothing.
                }
            }
        }
    }

    private static Stream<VariableTree> components(ClassTree type) {
        return type.getMembers().stream().filter(VariableTree.class::isInstance).map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC));
    }

    private static String types(Stream<? extends VariableTree> variables) {
        return variables.map(variable -> variable.getType().toString()).collect(Collectors.joining(", "));
    }

    private void method(MethodTree method, ClassTree type, String name, boolean isInterface) {
        boolean isConstructor = method.getReturnType() == null;
        // A record has the one that takes all components anyway.
        boolean isCanonical = isConstructor && type.getKind() == Tree.Kind.RECORD && (method.getParameters().isEmpty()
                || types(method.getParameters().stream()).equals(types(components(type))));
        boolean counts = isInterface
                ? !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                : isVisible(method.getModifiers()) && !isCanonical;
        if (counts) {
            lines.add(name + ": " + modifiers(method.getModifiers()) + list("<", method.getTypeParameters(), "> ")
                    + (isConstructor ? type.getSimpleName() : method.getReturnType() + " " + method.getName()) + "("
                    + types(method.getParameters().stream()) + ")" + list(" throws ", method.getThrows(), ""));
        }
    }

    private void field(VariableTree field, ClassTree type, String name, boolean isInterface) {
        boolean isComponent = type.getKind() == Tree.Kind.RECORD
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
        if (!isComponent && (isInterface || isVisible(field.getModifiers()))) {
            lines.add(name + ": " + modifiers(field.getModifiers()) + field.getType() + " " + field.getName());
        }
    }

    private static boolean isVisible(ModifiersTree modifiers) {
        return modifiers.getFlags().contains(Modifier.PUBLIC) || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private static String modifiers(ModifiersTree modifiers) {
        return modifiers.getFlags().stream().filter(
                flag -> flag != Modifier.SYNCHRONIZED && flag != Modifier.TRANSIENT && flag != Modifier.VOLATILE)
                .map(flag -> flag + " ").collect(Collectors.joining());
    }

    private static String list(String before, List<? extends Tree> trees, String after) {
        return trees.isEmpty()
                ? ""
                : Stream.of(trees).flatMap(List::stream).map(Tree::toString)
                        .collect(Collectors.joining(", ", before, after));
    }
}
