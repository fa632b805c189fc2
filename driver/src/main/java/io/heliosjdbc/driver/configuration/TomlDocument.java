package io.heliosjdbc.driver.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a {@code helios.toml} into given values, each key with its line and column. Not thread-safe. */
final class TomlDocument {
    private static final String ROOT_TABLE = "workload_routing";
    private static final String PROXY = "proxy";

    private final TomlText text;
    private final GivenValues values;

    private TomlDocument(TomlText text, GivenValues values) {
        this.text = text;
        this.values = values;
    }

    /** Reads a document; where its syntax is wrong, only that is reported. */
    static void read(String file, String content, GivenValues values) {
        TomlParseResult result = Toml.parse(content);
        TomlText text = new TomlText(file, content);
        if (result.hasErrors()) {
            result.errors()
                    .forEach(error -> values.fault(
                            place(text, error.position()),
                            uncapitalized(String.valueOf(error.getMessage())),
                            "write it as TOML has it"));
            return;
        }
        new TomlDocument(text, values).readTop(result);
    }

    private void readTop(TomlTable top) {
        Place first = null;
        for (String name : top.keySet()) {
            Place place = place(top, name);
            Object value = value(top, name);
            if (name.equals(ROOT_TABLE) && value instanceof TomlTable table) {
                first = readRoot(table, place, first);
            } else if (name.equals(PROXY) && value instanceof TomlTable proxy) {
                for (String inProxy : proxy.keySet()) {
                    if (inProxy.equals(ROOT_TABLE) && value(proxy, inProxy) instanceof TomlTable table) {
                        first = readRoot(table, place(proxy, inProxy), first);
                    } else {
                        values.unknown(
                                inProxy,
                                place(proxy, inProxy),
                                "unknown key '" + inProxy + "' in [proxy]",
                                List.of(ROOT_TABLE));
                    }
                }
            } else if (Keys.FOREIGN_TABLES.contains(name)) {
                values.foreignTable(name, place);
            } else {
                values.unknown(
                        name,
                        place,
                        "unknown key '" + name + "' at the top",
                        Stream.concat(Stream.of(ROOT_TABLE, PROXY), Keys.FOREIGN_TABLES.stream())
                                .toList());
            }
        }
    }

    private Place readRoot(TomlTable table, Place place, @Nullable Place first) {
        if (first != null) {
            values.fault(
                    place,
                    "there are both [workload_routing] and [proxy.workload_routing]",
                    "keep one of them; the other one stands at line " + first.line());
            return first;
        }
        for (String name : table.keySet()) {
            Object value = value(table, name);
            if (!(value instanceof TomlTable inner)) {
                readKey(Section.ROOT, "", table, name);
            } else if (Section.BUILT_IN_CLASSES.contains(name)) {
                readSection(Section.SERVICE_CLASS, name, inner);
            } else if (name.equals(Section.OWN_CLASSES)) {
                readOwnClasses(inner);
            } else if (name.equals("sla_policies")) {
                readPolicies(inner);
            } else {
                Section section = section(name);
                if (section == null) {
                    values.unknown(
                            name,
                            place(table, name),
                            "unknown table '" + name + "' in [workload_routing]",
                            Names.tables());
                } else {
                    readSection(section, name, inner);
                }
            }
        }
        return place;
    }

    private static @Nullable Section section(String name) {
        return switch (name) {
            case "classifier" -> Section.CLASSIFIER;
            case "admission_control" -> Section.ADMISSION_CONTROL;
            case "observability" -> Section.OBSERVABILITY;
            case "pool" -> Section.POOL;
            default -> null;
        };
    }

    private void readOwnClasses(TomlTable classes) {
        for (String name : classes.keySet()) {
            Place place = place(classes, name);
            if (value(classes, name) instanceof TomlTable table) {
                values.ownClass(name, place);
                readSection(Section.SERVICE_CLASS, Section.OWN_CLASSES + "." + name, table);
            } else {
                values.fault(
                        place, "classes." + name + " is no table", "write [workload_routing.classes." + name + "]");
            }
        }
    }

    private void readPolicies(TomlTable policies) {
        for (String name : policies.keySet()) {
            if (name.equals("tenant_overrides") && value(policies, name) instanceof TomlArray entries) {
                for (int index = 0; index < entries.size(); index++) {
                    if (entries.get(index) instanceof TomlTable entry) {
                        readTier(entry, place(text, entries.inputPositionOf(index)));
                    } else {
                        values.fault(
                                place(text, entries.inputPositionOf(index)),
                                Section.TENANT_OVERRIDES.path() + " contains something that is no table",
                                "write [[workload_routing." + Section.TENANT_OVERRIDES.path() + "]]");
                    }
                }
            } else {
                values.unknown(
                        name,
                        place(policies, name),
                        "unknown key '" + name + "' in [workload_routing.sla_policies]",
                        List.of("tenant_overrides"));
            }
        }
    }

    private void readTier(TomlTable entry, Place place) {
        String path = Section.TENANT_OVERRIDES.path();
        if (!entry.contains(Keys.TENANT_TIER.name())) {
            values.fault(place, "an entry of " + path + " has no tenant_tier", "name the tier that it is for");
        } else if (value(entry, Keys.TENANT_TIER.name()) instanceof String tier && !tier.isBlank()) {
            Place named = place(entry, Keys.TENANT_TIER.name());
            if (values.tiers().contains(tier)) {
                values.fault(
                        named, "tier '" + tier + "' has an entry already", "say everything of a tier in one entry");
                return;
            }
            values.tier(tier, named);
            path = Section.pathOfTier(tier);
        }
        readSection(Section.TENANT_OVERRIDES, path, entry);
    }

    private void readSection(Section section, String path, TomlTable table) {
        for (String name : table.keySet()) {
            readKey(section, path, table, name);
        }
    }

    private void readKey(Section section, String path, TomlTable table, String name) {
        Key key = Keys.find(section, name);
        if (key != null) {
            values.put(key, path, given(value(table, name), place(table, name)));
            return;
        }
        String shown = section == Section.TENANT_OVERRIDES ? section.path() : path;
        String where = shown.isEmpty() ? "[workload_routing]" : "[workload_routing." + shown + "]";
        String what = "unknown key '" + name + "' in " + where;
        String home = Names.homeOf(name, section);
        if (home != null) {
            values.fault(place(table, name), what, "it belongs to [workload_routing" + home + "]");
        } else {
            values.unknown(name, place(table, name), what, Names.in(section));
        }
    }

    private Given given(Object value, Place place) {
        if (value instanceof TomlArray array) {
            List<Given> elements = new ArrayList<>();
            List<Object> plain = new ArrayList<>();
            for (int index = 0; index < array.size(); index++) {
                TomlPosition position = array.inputPositionOf(index);
                Object element = array.get(index);
                plain.add(element);
                elements.add(new Given(
                        element,
                        place(text, position),
                        List.of(),
                        offset -> text.inside(position.line(), position.column(), offset)));
            }
            return new Given(plain, place, elements, offset -> place);
        }
        return Given.of(value instanceof TomlTable ? Map.of() : value, place);
    }

    private static Object value(TomlTable table, String name) {
        Object value = table.get(List.of(name));
        if (value == null) {
            throw new IllegalStateException("no value for " + name);
        }
        return value;
    }

    private Place place(TomlTable table, String name) {
        return place(text, table.inputPositionOf(List.of(name)));
    }

    private static Place place(TomlText text, @Nullable TomlPosition position) {
        return position == null ? text.place(0, 0) : text.place(position.line(), position.column());
    }

    private static String uncapitalized(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
