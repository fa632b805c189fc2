package io.heliosjdbc.classifier.learned;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/**
 * A multinomial logistic regression over hashed features, with a temperature that calibrates its probabilities. Immutable,
 * thread-safe.
 */
public final class Model {
    /** The resource that ships. */
    public static final String RESOURCE = "model-1.bin";

    private static final int MAGIC = 0x48_4C_4D_31;
    /** Weights are kept to this many of a unit, so that the file is small and reading it gives what was written. */
    private static final float STEPS = 256;

    private final float[] weights;
    private final double temperature;
    private final long corpusHash;

    Model(float[] weights, double temperature, long corpusHash) {
        if (weights.length != FeatureVector.DIMENSION * Lane.COUNT) {
            throw new IllegalArgumentException("a model of " + weights.length + " weights");
        }
        this.weights = weights;
        this.temperature = temperature;
        this.corpusHash = corpusHash;
    }

    /** The shipped model. */
    public static Model shipped() {
        return Shipped.MODEL;
    }

    /** Read once, when it is asked for. */
    private static final class Shipped {
        private static final Model MODEL = load();

        private static Model load() {
            try (InputStream in = Model.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the resource " + RESOURCE + " is missing from the jar");
                }
                return read(in.readAllBytes());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** The unnormalised scores of the lanes, in their order. */
    double[] scores(FeatureVector vector) {
        double[] scores = new double[Lane.COUNT];
        vector.addProducts(weights, scores);
        return scores;
    }

    /** The calibrated probabilities of the lanes. */
    public Probabilities probabilities(FeatureVector vector) {
        return Probabilities.ofScores(scores(vector), temperature);
    }

    /** What scores are divided by before they become probabilities; above 1 where the raw scores are too sure. */
    public double temperature() {
        return temperature;
    }

    /** A hash of the corpus and the settings that the model was trained with: what tells one model from another. */
    public long corpusHash() {
        return corpusHash;
    }

    /** The same model with weights rounded to what its file keeps. */
    Model rounded() {
        float[] rounded = new float[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = step(weights[i]) / STEPS;
        }
        return new Model(rounded, temperature, corpusHash);
    }

    private static int step(float weight) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(weight * STEPS)));
    }

    /** The model as its file has it. */
    public byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(FeatureVector.DIMENSION);
            out.writeLong(corpusHash);
            out.writeDouble(temperature);
            for (float weight : weights) {
                writeSigned(out, step(weight));
            }
            CRC32 check = new CRC32();
            check.update(bytes.toByteArray());
            out.writeLong(check.getValue());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write()} wrote.
     *
     * @throws IOException where it is something else, or damaged
     */
    public static Model read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < Long.BYTES || in.readInt() != MAGIC || in.readInt() != FeatureVector.DIMENSION) {
                throw new IOException("this is no model of this version");
            }
            CRC32 check = new CRC32();
            check.update(bytes, 0, bytes.length - Long.BYTES);
            long corpusHash = in.readLong();
            double temperature = in.readDouble();
            float[] weights = new float[FeatureVector.DIMENSION * Lane.COUNT];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = readSigned(in) / STEPS;
            }
            if (in.readLong() != check.getValue() || in.read() >= 0) {
                throw new IOException("the model is damaged");
            }
            return new Model(weights, temperature, corpusHash);
        } catch (EOFException tooShort) {
            throw new IOException("the model is damaged: it ends too early", tooShort);
        }
    }

    /** Most weights are small: one byte, or a mark and two. */
    private static void writeSigned(DataOutputStream out, int value) throws IOException {
        if (value > Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            out.writeByte(value);
        } else {
            out.writeByte(Byte.MIN_VALUE);
            out.writeShort(value);
        }
    }

    private static int readSigned(DataInputStream in) throws IOException {
        byte first = in.readByte();
        return first == Byte.MIN_VALUE ? in.readShort() : first;
    }
}
