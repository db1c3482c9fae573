package io.socle.realtime.e2e.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * One key of a service, read from the source of its configuration interface, for comments are in the source only.
 *
 * @param name with {@code *} for a free part
 */
record ConfigurationKey(String name, String fallback, String range, String comment) {
    String variable() {
        return name.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT).replace("*", "<NAME>");
    }

    static List<ConfigurationKey> of(String service) {
        Path source = Project.javaFiles(Project.root().resolve(service).resolve("src/main/java"))
                .filter(file -> Project.read(file).contains("@ConfigMapping("))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no configuration interface in " + service));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Path folder = source.resolveSibling("");
            // Parts of the configuration may be interfaces in files of their own beside it, or what services have
            // alike.
            Path alike = Project.root().resolve("shell/src/main/java/io/socle/realtime/shell/app");
            List<Path> sources = Stream.of(
                            Stream.of(source),
                            Project.javaFiles(folder).filter(file -> !file.equals(source)),
                            Project.javaFiles(alike))
                    .flatMap(part -> part)
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return new Reader(DocTrees.instance(task), units).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Walks the interface and its nested ones. */
    private static final class Reader {
        private final DocTrees docs;
        private final List<CompilationUnitTree> units;
        private final Map<String, TreePath> interfaces = new HashMap<>();
        private final List<ConfigurationKey> keys = new ArrayList<>();

        /** The first unit has the whole configuration. */
        Reader(DocTrees docs, List<CompilationUnitTree> units) {
            this.docs = docs;
            this.units = units;
        }

        List<ConfigurationKey> read() {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree node, Void none) {
                    String name = node.getSimpleName().toString();
                    interfaces.putIfAbsent(name, getCurrentPath());
                    return super.visitClass(node, none);
                }
            }.scan(units, null);
            ClassTree top = (ClassTree) units.getFirst().getTypeDecls().getFirst();
            TreePath path = interfaces.get(top.getSimpleName().toString());
            if (path == null) {
                throw new AssertionError("no interface in the source");
            }
            walk(path, "realtime");
            return keys;
        }

        private void walk(TreePath path, String prefix) {
            methods(path).values().forEach(method -> key(method, (MethodTree) method.getLeaf(), prefix));
        }

        /** By name, those of what it extends first; what it says anew stands in the place of what it is instead of. */
        private Map<String, TreePath> methods(TreePath path) {
            ClassTree type = (ClassTree) path.getLeaf();
            Map<String, TreePath> methods = new LinkedHashMap<>();
            for (Tree extended : type.getImplementsClause()) {
                TreePath parent = interfaces.get(extended.toString());
                if (parent == null) {
                    throw new AssertionError("no source of " + extended);
                }
                methods.putAll(methods(parent));
            }
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method) {
                    methods.put(method.getName().toString(), new TreePath(path, method));
                }
            }
            return methods;
        }

        private void key(TreePath path, MethodTree method, String prefix) {
            String type = String.valueOf(method.getReturnType());
            String named = argument(method, "WithName");
            String name = prefix + '.' + (named == null ? kebab(method.getName().toString()) : named);
            String inner = type.replaceAll("Map<String, *([A-Za-z]+)>", "$1");
            TreePath nested = interfaces.get(inner);
            if (nested != null) {
                walk(nested, type.startsWith("Map<") ? name + ".*" : name);
                return;
            }
            String fallback = argument(method, "WithDefault");
            String absent = type.startsWith("Optional") ? "absent" : "required";
            keys.add(new ConfigurationKey(
                    name, fallback == null ? absent : '`' + fallback + '`', range(method), comment(path)));
        }

        private String comment(TreePath path) {
            DocCommentTree comment = docs.getDocCommentTree(path);
            return comment == null
                    ? ""
                    : comment.getFullBody().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining())
                            .replaceAll("\\{@code ([^}]*)}", "`$1`")
                            .replaceAll("\\s+", " ");
        }

        private static String range(MethodTree method) {
            String least = bound(method, "Min", "DurationMin");
            String most = bound(method, "Max", "DurationMax");
            if (least != null && most != null) {
                return least + " to " + most;
            }
            return least != null ? "from " + least : most != null ? "up to " + most : "";
        }

        private static @Nullable String bound(MethodTree method, String number, String duration) {
            String value = argument(method, number);
            return value != null ? value.replace("_", "") : argument(method, duration);
        }

        private static @Nullable String argument(MethodTree method, String annotation) {
            for (AnnotationTree given : method.getModifiers().getAnnotations()) {
                if (given.getAnnotationType().toString().equals(annotation)) {
                    return given.getArguments().stream().map(Reader::text).collect(Collectors.joining(", "));
                }
            }
            return null;
        }

        private static String text(ExpressionTree argument) {
            if (argument instanceof AssignmentTree assignment) {
                String name = assignment.getVariable().toString();
                String value = unquoted(assignment.getExpression());
                return name.equals("value") ? value : value + ' ' + name;
            }
            return unquoted(argument);
        }

        private static String unquoted(ExpressionTree expression) {
            String text = expression.toString();
            return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
        }

        private static String kebab(String camel) {
            return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        }
    }
}
