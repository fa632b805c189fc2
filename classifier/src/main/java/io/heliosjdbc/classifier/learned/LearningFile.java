package io.heliosjdbc.classifier.learned;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What was learned, as bytes: a mark, the model's hash, corrections that are not zero, templates, a check sum. Immutable to
 * its users.
 */
final class LearningFile {
    private static final int MAGIC = 0x48_4C_4C_31;
    private static final int SAVED = Lane.COUNT + 1;

    private final long modelHash;
    private final float[] corrections;
    private final long lessons;
    private final Map<Long, double[]> templates;

    private LearningFile(long modelHash, float[] corrections, long lessons, Map<Long, double[]> templates) {
        this.modelHash = modelHash;
        this.corrections = corrections;
        this.lessons = lessons;
        this.templates = templates;
    }

    /** Of the model that the corrections were made to. */
    long modelHash() {
        return modelHash;
    }

    /** Of each place and lane. */
    float[] corrections() {
        return corrections;
    }

    /** How many made the corrections. */
    long lessons() {
        return lessons;
    }

    /** What each template's record holds, by key. */
    Map<Long, double[]> templates() {
        return templates;
    }

    static byte[] write(long modelHash, float[] corrections, long lessons, Collection<TemplateRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeLong(modelHash);
            out.writeLong(lessons);
            int present = 0;
            for (float correction : corrections) {
                present += correction == 0 ? 0 : 1;
            }
            out.writeInt(present);
            for (int i = 0; i < corrections.length; i++) {
                if (corrections[i] != 0) {
                    out.writeInt(i);
                    out.writeFloat(corrections[i]);
                }
            }
            for (TemplateRecord record : records) {
                double[] saved = record.saved();
                if (saved[0] + saved[1] + saved[2] > 0) {
                    out.writeBoolean(true);
                    out.writeLong(record.key());
                    for (double each : saved) {
                        out.writeFloat((float) each);
                    }
                }
            }
            out.writeBoolean(false);
            CRC32 check = new CRC32();
            check.update(bytes.toByteArray());
            out.writeLong(check.getValue());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static LearningFile read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < Long.BYTES || in.readInt() != MAGIC) {
                throw new IOException("this is no snapshot of the learned classifier");
            }
            CRC32 check = new CRC32();
            check.update(bytes, 0, bytes.length - Long.BYTES);
            long modelHash = in.readLong();
            long lessons = in.readLong();
            float[] corrections = new float[FeatureVector.DIMENSION * Lane.COUNT];
            for (int i = in.readInt(); i > 0; i--) {
                int place = in.readInt();
                float correction = in.readFloat();
                if (place < 0 || place >= corrections.length || !Float.isFinite(correction)) {
                    throw damaged();
                }
                corrections[place] = correction;
            }
            Map<Long, double[]> templates = new HashMap<>();
            while (in.readBoolean()) {
                long key = in.readLong();
                templates.put(key, template(in));
            }
            if (in.readLong() != check.getValue() || in.read() >= 0 || lessons < 0) {
                throw damaged();
            }
            return new LearningFile(modelHash, corrections, lessons, templates);
        } catch (EOFException tooShort) {
            throw new IOException("the snapshot is damaged: it ends too early", tooShort);
        }
    }

    private static double[] template(DataInputStream in) throws IOException {
        double[] saved = new double[SAVED];
        for (int i = 0; i < SAVED; i++) {
            saved[i] = in.readFloat();
            // A window's worth, and what rounding adds.
            if (!(saved[i] >= 0 && saved[i] <= TemplateRecord.WINDOW + 1)) {
                throw damaged();
            }
        }
        return saved;
    }

    private static IOException damaged() {
        return new IOException("the snapshot is damaged");
    }
}
