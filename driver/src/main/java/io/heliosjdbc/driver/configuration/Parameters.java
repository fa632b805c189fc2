package io.heliosjdbc.driver.configuration;

import java.sql.DriverPropertyInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a URL or connection properties can say to the driver, all with the prefix {@code helios.}. Immutable. */
public final class Parameters {
    /** Where the configuration is: a path or {@code classpath:} name. */
    public static final String CONFIG = "config";
    /** The name of the workload manager, where it is not the database. */
    public static final String MANAGER = "manager";
    /** The vendor's driver class. */
    public static final String DRIVER = "driver";

    private static final Map<String, String> DESCRIPTIONS = new LinkedHashMap<>();

    static {
        DESCRIPTIONS.put(CONFIG, "The configuration file: a path, or classpath: and a resource's name");
        DESCRIPTIONS.put(
                MANAGER, "The name of the workload manager to share, where it is not one per database; any text");
        DESCRIPTIONS.put(DRIVER, "The class of the vendor's driver, where it does not register itself");
    }

    private Parameters() {}

    /** The parameters that are no configuration keys, without the prefix. */
    static Set<String> names() {
        return DESCRIPTIONS.keySet();
    }

    /** What such a parameter is for. */
    static @Nullable String description(String name) {
        return DESCRIPTIONS.get(name);
    }

    /**
     * Every parameter with its default, choices and description, for {@link java.sql.Driver#getPropertyInfo}.
     *
     * @param given what URL and properties say already, by name without the prefix
     */
    public static List<DriverPropertyInfo> propertyInfo(Map<String, String> given) {
        List<DriverPropertyInfo> infos = new ArrayList<>();
        DESCRIPTIONS.forEach((name, description) -> infos.add(info(name, given.get(name), description)));
        for (Key key : Keys.all()) {
            if (key.effect() == Key.Effect.FOREIGN || key.section() == Section.TENANT_OVERRIDES) {
                continue;
            }
            List<String> paths = key.section() == Section.SERVICE_CLASS
                    ? Section.BUILT_IN_CLASSES
                    : List.of(key.section().path());
            for (String path : paths) {
                String name = Overrides.nameOf(key, path);
                String value = given.get(name);
                DriverPropertyInfo info =
                        info(name, value != null ? value : text(key.standardFor(path)), key.description());
                if (!key.choices().isEmpty()) {
                    info.choices = key.choices().toArray(String[]::new);
                } else if (key.kind() == Key.Kind.BOOLEAN) {
                    info.choices = new String[] {"true", "false"};
                }
                infos.add(info);
            }
        }
        return infos;
    }

    private static DriverPropertyInfo info(String name, @Nullable String value, String description) {
        DriverPropertyInfo info = new DriverPropertyInfo(Overrides.PREFIX + name, value);
        info.description = description;
        return info;
    }

    /** A value as a property would give it. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return value == null ? null : value.toString();
    }
}
