package io.heliosjdbc.driver.configuration;

import io.heliosjdbc.agreements.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What files and properties give, by dotted name, checked key by key as it comes in; faults are collected, never thrown.
 * Not thread-safe.
 */
final class GivenValues {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final Map<String, Given> values = new LinkedHashMap<>();
    private final Map<String, Place> ownClasses = new LinkedHashMap<>();
    private final Map<String, Place> tiers = new LinkedHashMap<>();
    private final Map<String, Place> foreign = new LinkedHashMap<>();
    private final Map<String, Place> withoutEffect = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    /** Takes a value in; one that came earlier gives way. */
    void put(Key key, String path, Given given) {
        String name = path.isEmpty() ? key.name() : path + "." + key.name();
        if (key.effect() == Key.Effect.FOREIGN) {
            foreign.putIfAbsent(name, given.place());
            return;
        }
        Object value = checked(key, name, given);
        if (value == null) {
            refused.add(name);
            return;
        }
        if (key.effect() == Key.Effect.NOT_YET) {
            withoutEffect.put(name, given.place());
        }
        values.put(name, new Given(value, given.place(), given.elements(), given.inside()));
    }

    private @Nullable Object checked(Key key, String name, Given given) {
        Object value = given.value();
        boolean fits = switch (key.kind()) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER -> value instanceof Long number && within(key, number);
            case NUMBER -> value instanceof Number number && within(key, number.doubleValue());
            case TEXT -> value instanceof String text && !text.isBlank();
            case CHOICE -> value instanceof String text && key.choices().contains(text);
            case TEXTS, CRITERIA -> value instanceof List;
            case ANYTHING -> true;
        };
        if (!fits) {
            fault(given.place(), name + " is " + given.inWords(), "give " + key.expectation());
            return null;
        }
        if (key.kind() == Key.Kind.NUMBER) {
            return ((Number) value).doubleValue();
        }
        return value instanceof List ? checkedTexts(key, name, given) : value;
    }

    private @Nullable Object checkedTexts(Key key, String name, Given given) {
        List<String> texts = new ArrayList<>();
        for (Given element : given.elements()) {
            if (element.value() instanceof String text && !text.isBlank()) {
                texts.add(text);
            } else {
                fault(element.place(), name + " contains " + element.inWords(), "give " + key.expectation());
            }
        }
        return texts.size() == given.elements().size() ? texts : null;
    }

    private static boolean within(Key key, double value) {
        return value >= key.minimum() && value <= key.maximum();
    }

    /** Takes in that there is a class of that name. */
    void ownClass(String name, Place place) {
        if (Section.BUILT_IN_CLASSES.contains(name)) {
            fault(
                    place,
                    "classes." + name + " names a built-in class",
                    "write its table as [workload_routing." + name + "]");
        } else if (!NAME.matcher(name).matches()) {
            fault(
                    place,
                    "'" + name + "' is no name of a class",
                    "begin with a letter and go on with letters, digits, _ and -");
        } else {
            ownClasses.putIfAbsent(name, place);
        }
    }

    /** Takes in that there is a tier of that name; a second time too, for a property may say more of it. */
    void tier(String name, Place place) {
        if (NAME.matcher(name).matches()) {
            tiers.putIfAbsent(name, place);
        } else {
            fault(
                    place,
                    "'" + name + "' is no name of a tier",
                    "begin with a letter and go on with letters, digits, _ and -");
        }
    }

    /** The tiers in the order in which they came. */
    Set<String> tiers() {
        return tiers.keySet();
    }

    /** Takes in a table that is not looked at. */
    void foreignTable(String name, Place place) {
        foreign.putIfAbsent("[" + name + "]", place);
    }

    /** Takes in a name that nobody knows. */
    void unknown(String name, Place place, String what, Collection<String> known) {
        String nearest = Nearest.to(name, known);
        fault(
                place,
                what,
                nearest != null
                        ? "the nearest known name is " + nearest
                        : "known here: " + String.join(", ", new LinkedHashSet<>(known)));
    }

    void fault(Place place, String what, String mend) {
        faults.add(place.fault(what, mend));
    }

    /** Like {@link #fault}, but not a second time. */
    void faultOnce(Place place, String what, String mend) {
        if (!faults.contains(place.fault(what, mend))) {
            fault(place, what, mend);
        }
    }

    /** Whether a value was given under that name and was not taken in. */
    boolean refused(String name) {
        return refused.contains(name);
    }

    void add(Collection<Fault> more) {
        faults.addAll(more);
    }

    /** What was given under a dotted name, or null. */
    @Nullable
    Given get(String name) {
        return values.get(name);
    }

    /** The user's own classes in the order in which they came. */
    Set<String> ownClasses() {
        return ownClasses.keySet();
    }

    /** Where a class of the user's was named first. */
    Place placeOfClass(String name) {
        Place place = ownClasses.get(name);
        return place != null ? place : Place.file(name);
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** What is worth a warning: at most two sentences, each naming everything of its sort. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!foreign.isEmpty()) {
            warnings.add("A JDBC driver cannot serve these settings, they are ignored: " + listed(foreign));
        }
        if (!withoutEffect.isEmpty()) {
            warnings.add("These settings are accepted, but have no effect yet: " + listed(withoutEffect));
        }
        return warnings;
    }

    private static String listed(Map<String, Place> names) {
        StringBuilder list = new StringBuilder();
        names.forEach((name, place) -> list.append(list.isEmpty() ? "" : ", ")
                .append(name)
                .append(" (")
                .append(place)
                .append(")"));
        return list.toString();
    }
}
