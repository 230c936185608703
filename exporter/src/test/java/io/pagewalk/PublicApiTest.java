package io.pagewalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a program may build on says so by its package, and leads to nothing else. */
class PublicApiTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("exporter-core", "exporter-schemas", "exporter-sinks", "checkpoints", "exporter");
    private static final Set<String> API = Set.of(
            "io.pagewalk",
            "io.pagewalk.audit",
            "io.pagewalk.error",
            "io.pagewalk.execution",
            "io.pagewalk.follow",
            "io.pagewalk.listing",
            "io.pagewalk.location",
            "io.pagewalk.log",
            "io.pagewalk.model",
            "io.pagewalk.payload",
            "io.pagewalk.plan",
            "io.pagewalk.record",
            "io.pagewalk.row",
            "io.pagewalk.schema",
            "io.pagewalk.spi",
            "io.pagewalk.table",
            "io.pagewalk.topics");

    private static final String INTERNAL = "io.pagewalk.internal.";

    @Test
    void everyPackageIsApiOrInternal() throws IOException {
        assertThat(classes().stream()
                        .map(PublicApiTest::packageOf)
                        .filter(name -> !name.startsWith(INTERNAL))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(API);
    }

    @Test
    void noPublicTypeLeadsToAnInternalOne() throws Exception {
        Set<String> leads = new TreeSet<>();
        int looked = 0;
        for (String name : classes()) {
            Class<?> type = API.contains(packageOf(name)) ? Class.forName(name) : Void.class;
            if (Modifier.isPublic(type.getModifiers())) {
                look(type, leads);
                looked++;
            }
        }
        assertThat(looked).isGreaterThan(60);
        assertThat(leads).isEmpty();
    }

    private static void look(Class<?> type, Set<String> leads) {
        note(type, type.getGenericSuperclass(), leads);
        for (Type implemented : type.getGenericInterfaces()) {
            note(type, implemented, leads);
        }
        List<Member> members = new ArrayList<>(List.of(type.getDeclaredMethods()));
        members.addAll(List.of(type.getDeclaredConstructors()));
        members.addAll(List.of(type.getDeclaredFields()));
        for (Member member : members) {
            if (isVisible(member) && !member.isSynthetic()) {
                types(member).forEach(used -> note((AnnotatedElement) member, used, leads));
            }
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            if (Modifier.isPublic(nested.getModifiers())) {
                look(nested, leads);
            }
        }
    }

    private static boolean isVisible(Member member) {
        return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
    }

    private static Collection<Type> types(Member member) {
        List<Type> types = new ArrayList<>();
        if (member instanceof Field field) {
            types.add(field.getGenericType());
        }
        if (member instanceof Executable executable) {
            types.addAll(List.of(executable.getGenericParameterTypes()));
            types.addAll(List.of(executable.getGenericExceptionTypes()));
        }
        if (member instanceof Method method) {
            types.add(method.getGenericReturnType());
        } else if (member instanceof Constructor<?> constructor) {
            types.add(constructor.getDeclaringClass());
        }
        return types;
    }

    private static void note(AnnotatedElement where, Type used, Set<String> leads) {
        if (used instanceof Class<?> type) {
            Class<?> plain = type.isArray() ? type.getComponentType() : type;
            if (plain.getName().startsWith(INTERNAL)) {
                leads.add(where + " uses " + plain.getName());
            }
        } else if (used instanceof ParameterizedType parameterized) {
            note(where, parameterized.getRawType(), leads);
            for (Type argument : parameterized.getActualTypeArguments()) {
                note(where, argument, leads);
            }
        } else if (used instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getUpperBounds()) {
                note(where, bound, leads);
            }
        } else if (used instanceof GenericArrayType array) {
            note(where, array.getGenericComponentType(), leads);
        }
    }

    private static List<String> classes() throws IOException {
        List<String> names = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> sources.relativize(file).toString())
                        .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
                        .forEach(file -> names.add(file.substring(0, file.length() - ".java".length())
                                .replace('/', '.')));
            }
        }
        return names;
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
