package io.heliosjdbc.agreements;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the schema validator's messages into words for people. The validator speaks of facets and content models, with a key
 * of the XML Schema recommendation in front ({@code cvc-...}); only key and names are taken from it, in its language-neutral
 * form, and what belongs in the place is said by the schema itself. Stateless.
 */
final class SchemaMessages {
    private static final Pattern ATTRIBUTE = Pattern.compile("[Aa]ttribute '([^']*)'");
    private static final Pattern ELEMENT_VALUE = Pattern.compile("The value '(.*)' of element", Pattern.DOTALL);
    private static final Pattern EXPECTED = Pattern.compile("\":([^,}\\s]+)\\}?");
    private static final Pattern KEY = Pattern.compile("^cvc-[\\w.-]+: ");
    private static final int LONGEST_VALUE = 60;

    private SchemaMessages() {}

    /** Whether another message follows that says the same with the name of the attribute or element. */
    static boolean isFollowed(String message) {
        return message.matches("(?s)cvc-(datatype|[A-Za-z]+)-valid.*");
    }

    /** The attribute whose value a message refuses, or null where it says something else. */
    static @Nullable String refusedAttribute(String message) {
        return message.startsWith("cvc-attribute.3:") ? last(ATTRIBUTE, message) : null;
    }

    /** Whether a message is about elements that are missing, misplaced or too many. */
    static boolean isAboutStructure(String message) {
        return message.startsWith("cvc-complex-type.2.4");
    }

    /**
     * The fault in a message.
     *
     * @param element the element that was being read
     * @param parent the element around it, or null for the root
     */
    static Fault translate(String message, OpenElement element, @Nullable OpenElement parent) {
        String key = message.substring(0, Math.max(0, message.indexOf(':')));
        String tag = "<" + element.name() + ">";
        Place place = element.tag().place();
        return switch (key) {
            case "cvc-complex-type.3.2.2" -> unknownAttribute(name(ATTRIBUTE, message), element);
            case "cvc-complex-type.4" -> missingAttribute(name(ATTRIBUTE, message), element);
            case "cvc-attribute.3" -> wrongAttribute(last(ATTRIBUTE, message), element);
            case "cvc-type.3.1.1" -> place.fault(tag + " takes no attributes", "remove the attributes of " + tag);
            case "cvc-type.3.1.3" ->
                place.fault(
                        tag + " cannot be " + quoted(name(ELEMENT_VALUE, message)),
                        "give " + AgreementSchema.INSTANCE.value(element.type()));
            case "cvc-complex-type.2.1", "cvc-complex-type.2.3" ->
                place.fault(
                        tag + " contains text",
                        "remove the text: " + element.content().mend());
            case "cvc-complex-type.2.4.b", "cvc-complex-type.2.4.i", "cvc-complex-type.2.4.j" ->
                place.fault(
                        tag + " lacks " + names(expected(message)),
                        element.content().mend());
            default ->
                isAboutStructure(message) && parent != null
                        ? misplaced(expected(message), element, parent)
                        : place.fault(
                                "the schema does not allow this: "
                                        + withoutStop(KEY.matcher(message).replaceFirst("")),
                                "compare " + tag + " with agreement.xsd");
        };
    }

    /** A sentence as a clause. */
    static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** A value as it stands in a message: on one line and of bounded length. */
    static String quoted(String value) {
        String line = value.replaceAll("[\\r\\n\\t]", " ");
        return '"' + (line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "..." : line) + '"';
    }

    private static Fault unknownAttribute(String name, OpenElement element) {
        List<String> known = List.copyOf(element.content().attributes().keySet());
        String mend = known.isEmpty()
                ? "remove it: the element has no attributes"
                : "use " + either(known) + ", or remove it";
        return element.tag().attribute(name).fault("<" + element.name() + "> has no attribute " + name, mend);
    }

    private static Fault missingAttribute(String name, OpenElement element) {
        return element.tag()
                .place()
                .fault(
                        "<" + element.name() + "> lacks the attribute " + name,
                        "add " + name + ": " + value(name, element));
    }

    private static Fault wrongAttribute(String name, OpenElement element) {
        String value = element.values().getOrDefault(name, "");
        return element.tag()
                .attribute(name)
                .fault(
                        name + "=" + quoted(value) + " is not allowed in <" + element.name() + ">",
                        // Those of XML Schema itself, such as xsi:schemaLocation, are valid everywhere and described
                        // nowhere.
                        element.content().attributes().containsKey(name)
                                ? "give " + value(name, element)
                                : "correct it, or remove it");
    }

    private static Fault misplaced(List<String> expected, OpenElement element, OpenElement parent) {
        List<String> order = List.copyOf(parent.content().children().keySet());
        List<String> before = expected.stream()
                .filter(each -> order.indexOf(each) < order.indexOf(element.name()))
                .toList();
        String tag = "<" + element.name() + ">";
        String what = before.isEmpty()
                ? tag + " does not belong at this place in <" + parent.name() + ">"
                : names(before) + " is missing in <" + parent.name() + "> before " + tag;
        return element.tag().place().fault(what, parent.content().mend());
    }

    private static String value(String attribute, OpenElement element) {
        return AgreementSchema.INSTANCE.value(element.content().attributes().get(attribute));
    }

    private static String name(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The last match: the message begins with the value, which may contain anything. */
    private static String last(Pattern pattern, String message) {
        return pattern.matcher(message).results().map(result -> result.group(1)).reduce("", (before, after) -> after);
    }

    private static List<String> expected(String message) {
        return EXPECTED.matcher(message.substring(Math.max(0, message.lastIndexOf("One of"))))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String names(List<String> elements) {
        return either(elements.stream().map(each -> "<" + each + ">").toList());
    }

    private static String either(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
