package io.heliosjdbc.driver.configuration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that can be meant, for those who mistype. */
final class Names {
    private Names() {}

    /** The tables of {@code [workload_routing]}. */
    static List<String> tables() {
        List<String> tables = new ArrayList<>(Section.BUILT_IN_CLASSES);
        tables.addAll(List.of(
                Section.OWN_CLASSES,
                Section.CLASSIFIER.path(),
                Section.ADMISSION_CONTROL.path(),
                "sla_policies",
                Section.OBSERVABILITY.path(),
                Section.POOL.path()));
        return tables;
    }

    /** The keys of a section; for the root, its tables too. */
    static List<String> in(Section section) {
        List<String> names =
                new ArrayList<>(Keys.of(section).stream().map(Key::name).toList());
        if (section == Section.ROOT) {
            names.addAll(tables());
        }
        return names;
    }

    /** The table, with a dot before it, that a key of another section belongs to; null where no section has it. */
    static @Nullable String homeOf(String name, Section not) {
        for (Section section : Section.values()) {
            if (section != not && Keys.find(section, name) != null) {
                return section == Section.ROOT ? "" : "." + section.path();
            }
        }
        return null;
    }

    /** The properties whose last part is that: where a name belongs that was given without its table, or in another one's. */
    static List<String> propertiesThatEndIn(String last, Iterable<String> ownClasses) {
        return properties(ownClasses).stream()
                .filter(each -> each.substring(each.lastIndexOf('.') + 1).equals(last))
                .toList();
    }

    /** Every name that a property can have, without the prefix; {@code classes.NAME} for the classes given. */
    static List<String> properties(Iterable<String> ownClasses) {
        List<String> names = new ArrayList<>(Parameters.names());
        for (Key key : Keys.all()) {
            switch (key.section()) {
                case TENANT_OVERRIDES -> {}
                case SERVICE_CLASS -> {
                    Section.BUILT_IN_CLASSES.forEach(lane -> names.add(lane + "." + key.name()));
                    ownClasses.forEach(own -> names.add(Section.pathOfClass(own) + "." + key.name()));
                }
                default -> names.add(Overrides.nameOf(key, key.section().path()));
            }
        }
        return names;
    }
}
