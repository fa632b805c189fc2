package io.heliosjdbc.agreements;

import io.heliosjdbc.agreements.xml.AgreementType;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file as it was read: its content with the place of every element, and what the schema says against it. Immutable but for
 * the content, which nobody changes.
 *
 * @param agreement the content, as far as it could be understood; null where the text is not well-formed
 * @param tags the start tag of every object in the content, by identity
 * @param unsound the start tags of elements that the schema refuses, attributes included
 * @param structureKnown false where an element is unknown, misplaced or missing, so that what seems absent may be there
 * @param faults what is wrong with syntax and schema
 */
record Document(
        @Nullable AgreementType agreement,
        IdentityHashMap<Object, StartTag> tags,
        Set<StartTag> unsound,
        boolean structureKnown,
        List<Fault> faults) {

    static Document unread(Fault fault) {
        return new Document(null, new IdentityHashMap<>(), Set.of(), false, List.of(fault));
    }

    /** Where an object of the content begins. */
    StartTag tag(Object content) {
        StartTag tag = tags.get(content);
        if (tag == null) {
            throw new IllegalArgumentException("not of this document: " + content);
        }
        return tag;
    }

    /** Whether it is an agreement that no longer holds; not where something is wrong with it. */
    boolean hasExpired(Instant now) {
        return faults.isEmpty() && agreement != null && Context.hasExpired(Records.expirationTime(agreement), now);
    }

    /** Whether every one of these is there and has nothing wrong in its own attributes. */
    boolean sound(@Nullable Object... contents) {
        for (Object content : contents) {
            if (content == null || unsound.contains(tag(content))) {
                return false;
            }
        }
        return true;
    }
}
