package io.heliosjdbc.agreements;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a document, walked start tag by start tag in step with the parser.
 *
 * <p>The parser knows only where a start tag ends, and nothing of attributes. People look for a fault at the tag's beginning
 * or at the attribute, so this class finds those places. The parser has already found the text well-formed up to the end of
 * the tag that is asked for, and without a DTD no element comes from anywhere but the text, which is why so little syntax
 * has to be known here. Not thread-safe.
 */
final class SourceText {
    private final String file;
    private final String text;
    private final List<Integer> lineStarts = new ArrayList<>();
    private int cursor;

    SourceText(String file, String decoded) {
        this.file = file;
        this.text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        lineStarts.add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                lineStarts.add(i + 1);
            }
        }
    }

    /** The place of an offset in the text. */
    Place place(int offset) {
        int low = 0;
        int high = lineStarts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Place(file, low + 1, offset - lineStarts.get(low) + 1);
    }

    /** Where the text ends. */
    Place end() {
        return place(text.length());
    }

    /** The place of the document type declaration, or null where the text has none before its root element. */
    @Nullable
    Place doctype() {
        int at = nextMarkup(0);
        return text.startsWith("<!DOCTYPE", at) ? place(at) : null;
    }

    /** The start tag after the one found before; the end of the text where there is none. */
    StartTag next() {
        int begin = nextMarkup(cursor);
        while (text.startsWith("</", begin)) {
            begin = nextMarkup(begin + 2);
        }
        Map<String, Place> attributes = new HashMap<>();
        int i = begin + 1;
        while (i < text.length() && !isTagEnd(text.charAt(i)) && !isSpace(text.charAt(i))) {
            i++;
        }
        while (i < text.length() && !isTagEnd(text.charAt(i))) {
            if (isSpace(text.charAt(i))) {
                i++;
                continue;
            }
            int name = i;
            while (i < text.length() && text.charAt(i) != '=' && !isSpace(text.charAt(i))) {
                i++;
            }
            attributes.put(text.substring(name, i), place(name));
            while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\'') {
                i++;
            }
            i = i < text.length() ? after(String.valueOf(text.charAt(i)), i + 1) : i;
        }
        cursor = Math.min(i, text.length());
        return new StartTag(place(Math.min(begin, text.length())), attributes);
    }

    /** The offset of the next tag or declaration from an offset on, behind comments, character data and instructions. */
    private int nextMarkup(int from) {
        int i = text.indexOf('<', from);
        while (i >= 0) {
            if (text.startsWith("<!--", i)) {
                i = text.indexOf('<', after("-->", i + 4));
            } else if (text.startsWith("<![CDATA[", i)) {
                i = text.indexOf('<', after("]]>", i + 9));
            } else if (text.startsWith("<?", i)) {
                i = text.indexOf('<', after("?>", i + 2));
            } else {
                return i;
            }
        }
        return text.length();
    }

    private int after(String delimiter, int from) {
        int i = text.indexOf(delimiter, from);
        return i < 0 ? text.length() : i + delimiter.length();
    }

    private static boolean isTagEnd(char c) {
        return c == '>' || c == '/';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
