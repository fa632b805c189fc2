package io.heliosjdbc.classifier.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The tokens of one text, in arrays because texts of megabytes exist. Comments are no tokens; those before the first and
 * after the last one are kept apart. Positions beyond either end answer {@link TokenKind#END}. Filled by the lexer, then
 * read by one thread.
 */
public final class Tokens {
    /** Characters that the tokens of most texts have at least, with the space between them. */
    private static final int PER_TOKEN = 3;

    private static final int FEW = 16;
    /** What the codes of keywords are counted from; smaller ones are those of characters. */
    private static final int KEYWORDS = 128;

    /** Texts up to this many characters leave arrays behind that are worth keeping. */
    private static final int LONGEST_KEPT = 1 << 15;

    private static final Tokens NOTHING = new Tokens();

    private final String sql;
    private final char[] chars;
    private char[] scratch;
    private final List<String> leadingComments = new ArrayList<>(0);
    private final List<String> trailingComments = new ArrayList<>(0);
    private int size;
    private byte[] kinds;
    /** Of a word its keyword, of an operator or punctuation of one character that character, else zero. */
    private short[] codes;

    /** Of a word what its characters are together, by {@link Characters}; zero where nobody looked. */
    private short[] makeups;

    private int[] starts;
    private int[] ends;
    /** Of words the hash by {@link Vocabulary}, of the first value of a list the place of its last one. */
    private long[] extras;

    private int listFrom;
    private int listTo = Integer.MIN_VALUE;
    private int lastSemicolon = -1;

    private boolean started;
    private boolean readableTwoWays;
    private boolean doubleMinus;
    private boolean doubtfulLineEnd;
    private boolean doubtfulComments;
    private boolean doubtfulSharp;
    private boolean doubleQuotes;
    private boolean variables;
    private boolean hints;
    private boolean unterminated;
    private boolean escaped;

    private Tokens() {
        sql = "";
        chars = new char[0];
        scratch = chars;
        kinds = new byte[0];
        codes = new short[0];
        makeups = new short[0];
        starts = new int[0];
        ends = new int[0];
        extras = new long[0];
    }

    /** No tokens of a text yet. */
    Tokens(String sql) {
        this(sql, NOTHING);
    }

    /**
     * No tokens of a text yet, in the arrays of others: new ones would have to come all the way from memory, which takes longer
     * than cutting the text.
     *
     * @param worn tokens that nobody reads any more
     */
    Tokens(String sql, Tokens worn) {
        this.sql = sql;
        int length = sql.length();
        chars = worn.chars.length > length ? worn.chars : new char[length + 1];
        sql.getChars(0, length, chars, 0);
        chars[length] = 0;
        scratch = worn.scratch;
        int capacity = length / PER_TOKEN + FEW;
        boolean enough = worn.kinds.length >= capacity;
        kinds = enough ? worn.kinds : new byte[capacity];
        codes = enough ? worn.codes : new short[capacity];
        makeups = enough ? worn.makeups : new short[capacity];
        starts = enough ? worn.starts : new int[capacity];
        ends = enough ? worn.ends : new int[capacity];
        extras = enough ? worn.extras : new long[capacity];
    }

    /** Whether the arrays are small enough to be kept for the next text. */
    public boolean isWorthKeeping() {
        return chars.length <= LONGEST_KEPT;
    }

    void add(TokenKind kind, int start, int end) {
        switch (kind) {
            case WORD -> addWord(start, end, Vocabulary.hash(chars, start, end), 0);
            case PUNCTUATION, OPERATOR -> {
                char symbol = chars[start];
                add(kind, start, end, end - start == 1 && symbol < KEYWORDS ? symbol : 0, 0);
            }
            case STRING, NUMBER -> addListed(kind, start, end);
            case PARAMETER -> {
                if (end - start == 1) {
                    addListed(kind, start, end);
                } else {
                    add(kind, start, end, 0, 0);
                }
            }
            default -> {
                hints |= kind == TokenKind.OPTIMIZER_HINT;
                add(kind, start, end, 0, 0);
            }
        }
    }

    void addPunctuation(int start, char symbol) {
        add(TokenKind.PUNCTUATION, start, start + 1, symbol, 0);
    }

    /** A literal, or a parameter without a name: of lists of these with commas alone between them, where they end is kept. */
    private void addListed(TokenKind kind, int start, int end) {
        int at = size;
        add(kind, start, end, 0, 0);
        listed(at);
    }

    private void listed(int at) {
        byte parameter = TokenKind.PARAMETER.code();
        boolean further =
                listTo == at - 2 && codes[at - 1] == ',' && (kinds[at] == parameter) == (kinds[listFrom] == parameter);
        listFrom = further ? listFrom : at;
        listTo = at;
        extras[listFrom] = at;
    }

    /**
     * Takes a comma and a value behind it, as taking one after the other would, but in a fraction of the time: lists are most of
     * most long texts.
     *
     * @param kind a string's, a number's or that of a parameter without a name
     */
    void addFurther(int comma, TokenKind kind, int start, int end) {
        int at = size;
        if (at + 2 > kinds.length) {
            grow();
        }
        kinds[at] = TokenKind.PUNCTUATION.code();
        codes[at] = ',';
        starts[at] = comma;
        ends[at] = comma + 1;
        at++;
        kinds[at] = kind.code();
        codes[at] = 0;
        starts[at] = start;
        ends[at] = end;
        extras[at] = 0;
        size = at + 1;
        listed(at);
        begun();
    }

    /**
     * Takes a word whose hash is known already.
     *
     * @param madeOf what its characters are together, by {@link Characters}, or zero
     */
    void addWord(int start, int end, long hash, int madeOf) {
        Keyword keyword = Keyword.of(chars, start, end, hash);
        add(TokenKind.WORD, start, end, KEYWORDS + keyword.code(), hash);
        makeups[size - 1] = (short) madeOf;
    }

    private void add(TokenKind kind, int start, int end, int code, long hash) {
        int at = size;
        if (at == kinds.length) {
            grow();
        }
        kinds[at] = kind.code();
        codes[at] = (short) code;
        starts[at] = start;
        ends[at] = end;
        extras[at] = hash;
        size = at + 1;
        if (code == ';') {
            lastSemicolon = at;
        } else if (kind != TokenKind.OPTIMIZER_HINT) {
            begun();
        }
    }

    /** A token that comments stand before or behind. */
    private void begun() {
        started = true;
        if (!trailingComments.isEmpty()) {
            trailingComments.clear();
        }
    }

    private void grow() {
        int capacity = kinds.length * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        codes = Arrays.copyOf(codes, capacity);
        makeups = Arrays.copyOf(makeups, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        extras = Arrays.copyOf(extras, capacity);
    }

    /** Takes a complete comment without its marks. */
    void addComment(String content) {
        (started ? trailingComments : leadingComments).add(content);
    }

    /** The text may mean something else to another database; what follows its tokens is not to be trusted. */
    void markReadableTwoWays() {
        readableTwoWays = true;
    }

    /** There is a {@code --} that is a comment, and for MySQL a subtraction. */
    void markDoubleMinus() {
        doubleMinus = true;
    }

    /** There is a comment that ends with its line here, and goes on for MySQL. */
    void markDoubtfulLineEnd() {
        doubtfulLineEnd = true;
    }

    /** To MySQL what follows may be a piece of a literal. */
    void markDoubtfulComments() {
        doubtfulComments = true;
    }

    /** The same behind a {@code #}, which other databases have for an operator. */
    void markDoubtfulSharp() {
        doubtfulSharp = true;
    }

    /** Something stands in double quotes. */
    void markDoubleQuotes() {
        doubleQuotes = true;
    }

    /** There is a name behind an {@code @}. */
    void markVariables() {
        variables = true;
    }

    void markUnterminated() {
        unterminated = true;
    }

    /** A backslash hides the quote behind it. */
    void markEscaped() {
        escaped = true;
    }

    public boolean readableTwoWays() {
        return readableTwoWays;
    }

    /** Whether it has comments that MySQL or MariaDB executes, or a literal that looks like one. */
    public boolean hasVersionedComment() {
        return sql.contains("/*!") || sql.contains("/*M!");
    }

    /** Whether a comment to others is none to MySQL, but a subtraction, or is a longer one. */
    public boolean hasOtherCommentsInMySql() {
        return doubleMinus || doubtfulLineEnd;
    }

    /** Whether something stands in double quotes that is neither in a literal nor in a comment. */
    public boolean hasDoubleQuotes() {
        return doubleQuotes;
    }

    /** Whether there is a name behind an {@code @}, with no space between them. */
    public boolean hasVariables() {
        return variables;
    }

    /** Whether it has hints to the optimizer. */
    public boolean hasHints() {
        return hints;
    }

    public boolean unterminated() {
        return unterminated;
    }

    /** Whether it was cut as MySQL does, for which a backslash hides the quote behind it. */
    public boolean escaped() {
        return escaped;
    }

    /** Whether another database may take for a literal's or a comment's what looks like words here: nobody is to be believed by them. */
    public boolean isDoubtful() {
        return readableTwoWays || unterminated || doubtfulComments || doubtfulSharp;
    }

    /** Takes {@code #} for an operator, as PostgreSQL does, behind which no comment begins. */
    public void takeSharpForOperator() {
        doubtfulSharp = false;
    }

    /**
     * Takes what stands in double quotes for literals, as MySQL does, but where only a name can stand, or where something is compared or
     * assigned: sessions may choose that it is a name.
     */
    public void takeDoubleQuotesForLiterals() {
        long lists = 0;
        for (int i = 0; doubleQuotes && i < size; i++) {
            lists = listsOfTables(lists, i);
            boolean table = is(i - 1, ',') && (lists & 1) == 1;
            if (kinds[i] == TokenKind.QUOTED_NAME.code() && chars[starts[i]] == '"' && !table && mayBeLiteral(i)) {
                kinds[i] = TokenKind.STRING.code();
            }
        }
    }

    /** For each parenthesis that is open, the innermost one in the lowest bit, whether behind a comma there comes another table. */
    private long listsOfTables(long before, int i) {
        return switch (keyword(i)) {
            case FROM, USING -> before | 1;
            case SELECT, WHERE, GROUP, HAVING, ORDER, LIMIT, WINDOW, UNION, EXCEPT, INTERSECT, SET, VALUES, FOR ->
                before & ~1;
            default ->
                switch (symbol(i)) {
                    case '(' -> before << 1;
                    case ')' -> before >>> 1;
                    case ';' -> 0;
                    default -> before;
                };
        };
    }

    private boolean mayBeLiteral(int i) {
        boolean subquery = is(i + 1, Keyword.AS) && is(i + 2, '(');
        if (subquery || is(i - 1, '.') || is(i + 1, '.') || is(i + 1, '(') || kind(i + 1) == TokenKind.OPERATOR) {
            return false;
        }
        boolean behindName = switch (keyword(i - 1)) {
            case AS, EXISTS, FROM, INTO, JOIN, RECURSIVE, TABLE, UPDATE, USING, WITH -> true;
            default -> false;
        };
        return !behindName
                && switch (keyword(i + 1)) {
                    case BETWEEN, ILIKE, IN, IS, LIKE, NOT -> false;
                    default -> true;
                };
    }

    /** The contents of the comments before the first token. */
    public List<String> leadingComments() {
        return leadingComments;
    }

    /** The contents of the comments after the last token but semicolons; empty where the lexer cannot be sure of them. */
    public List<String> trailingComments() {
        return isDoubtful() ? List.of() : trailingComments;
    }

    public String sql() {
        return sql;
    }

    public int size() {
        return size;
    }

    public TokenKind kind(int index) {
        return index < 0 || index >= size ? TokenKind.END : TokenKind.of(kinds[index]);
    }

    public Keyword keyword(int index) {
        int code = code(index);
        return Keyword.of(Math.max(code - KEYWORDS, 0));
    }

    private int code(int index) {
        return index < 0 || index >= size ? 0 : codes[index];
    }

    public boolean is(int index, Keyword keyword) {
        int code = code(index);
        return Math.max(code - KEYWORDS, 0) == keyword.code();
    }

    /** Whether the token is this one character of punctuation or this operator; of ASCII. */
    public boolean is(int index, char symbol) {
        return code(index) == symbol;
    }

    /** The character of punctuation or of an operator of one character, else zero. */
    public char symbol(int index) {
        int code = code(index);
        return code < KEYWORDS ? (char) code : 0;
    }

    public boolean isName(int index) {
        TokenKind kind = kind(index);
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
    }

    /** A literal or a parameter. */
    public boolean isValue(int index) {
        TokenKind kind = kind(index);
        return kind == TokenKind.STRING || kind == TokenKind.NUMBER || kind == TokenKind.PARAMETER;
    }

    public int start(int index) {
        return starts[index];
    }

    public int end(int index) {
        return ends[index];
    }

    /** The characters of the text, and a zero behind them; not to be changed. */
    public char[] chars() {
        return chars;
    }

    /** Room for at least so many characters, which belongs to whoever asks until somebody else does. */
    public char[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new char[length];
        }
        return scratch;
    }

    /** The hash of a word or an operator by {@link Vocabulary}. */
    public long hash(int index) {
        return kinds[index] == TokenKind.WORD.code()
                ? extras[index]
                : Vocabulary.hash(chars, starts[index], ends[index]);
    }

    /**
     * The last token of the list that begins here, of literals alone or of {@code ?} alone with nothing but commas between them;
     * the position itself where none does, and within one. So lists of thousands need not be gone through.
     */
    public int endOfList(int index) {
        return isValue(index) ? Math.max(index, (int) extras[index]) : index;
    }

    /**
     * The parenthesis that closes the one that opens here, where nothing but such a list stands between them; else the position
     * itself.
     */
    public int endOfValues(int open) {
        int close = endOfList(open + 1) + 1;
        return isValue(open + 1) && is(close, ')') ? close : open;
    }

    /** The last semicolon, -1 where there is none. */
    public int lastSemicolon() {
        return lastSemicolon;
    }

    /** Whether it is a word of which the lexer saw that it stands in lower case already. */
    public boolean isLower(int index) {
        int makeup = makeup(index);
        return makeup != 0 && (makeup & (Characters.CAPITAL | Characters.WIDE)) == 0;
    }

    /** Whether it is a word of which the lexer saw that it is of letters of ASCII alone, all small or all capital. */
    public boolean isOneCase(int index) {
        int letters = makeup(index) & ~Characters.WORD_PART;
        return letters == Characters.SMALL || letters == Characters.CAPITAL;
    }

    private int makeup(int index) {
        return kinds[index] == TokenKind.WORD.code() ? makeups[index] : 0;
    }

    public String text(int index) {
        return sql.substring(starts[index], ends[index]);
    }

    /** Whether the token is this text of ASCII, without regard to case. */
    public boolean textIs(int index, String lowerCase) {
        if (index < 0 || index >= size || ends[index] - starts[index] != lowerCase.length()) {
            return false;
        }
        int start = starts[index];
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = chars[start + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The name at a position as the database keeps it, near enough: unquoted ones in lower case, quoted ones without quotes. */
    public String name(int index) {
        if (kind(index) == TokenKind.QUOTED_NAME) {
            return unquoted(index);
        }
        return isLower(index) ? text(index) : text(index).toLowerCase(Locale.ROOT);
    }

    /** What stands between the quotes, doubled ones halved; prefixes and escapes are left as they are. */
    public String unquoted(int index) {
        String quoted = text(index);
        int open = 0;
        while (open < quoted.length() && "'\"`[".indexOf(quoted.charAt(open)) < 0) {
            open++;
        }
        if (open >= quoted.length()) {
            return quoted;
        }
        char close = quoted.charAt(open) == '[' ? ']' : quoted.charAt(open);
        int last = quoted.length() - 1;
        boolean closed = last > open && quoted.charAt(last) == close;
        String content = quoted.substring(open + 1, closed ? last : quoted.length());
        return content.indexOf(close) < 0 ? content : content.replace("" + close + close, "" + close);
    }
}
