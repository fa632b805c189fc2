package io.heliosjdbc.classifier.command;

import io.heliosjdbc.classifier.corpus.Corpus;
import io.heliosjdbc.classifier.corpus.LabelledStatement;
import io.heliosjdbc.classifier.learned.Example;
import io.heliosjdbc.classifier.learned.Model;
import io.heliosjdbc.classifier.learned.Trainer;
import io.heliosjdbc.classifier.shape.FeatureReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/** Makes the shipped model from the corpus: {@code mvn -Ptrain}, as {@code docs/classification.md} says. Stateless. */
public final class ModelTraining {
    private ModelTraining() {}

    /** Writes the model to the file named first, and the corpus as JSON lines to the one named second, if any. */
    public static void main(String[] arguments) throws IOException {
        List<LabelledStatement> corpus = Corpus.write(Corpus.SEED, Corpus.PER_CLASS);
        Model model = model(corpus);
        Files.write(Path.of(arguments[0]), model.write());
        if (arguments.length > 1) {
            Files.writeString(Path.of(arguments[1]), jsonLines(corpus));
        }
    }

    static Model model(List<LabelledStatement> corpus) {
        return Trainer.train(examples(corpus), hash(corpus));
    }

    static List<Example> examples(List<LabelledStatement> corpus) {
        return corpus.stream()
                .map(each -> new Example(FeatureReader.of(each.sql()).vector(), each.lane(), each.schema()))
                .toList();
    }

    /** A hash of the statements, their classes and the settings of the training. */
    static long hash(List<LabelledStatement> corpus) {
        CRC32 hash = new CRC32();
        hash.update(Trainer.settings().getBytes(StandardCharsets.UTF_8));
        corpus.forEach(each ->
                hash.update((each.lane() + each.schema() + '\0' + each.sql() + '\0').getBytes(StandardCharsets.UTF_8)));
        return hash.getValue();
    }

    private static String jsonLines(List<LabelledStatement> corpus) {
        StringBuilder out = new StringBuilder();
        for (LabelledStatement each : corpus) {
            out.append("{\"sql\": ")
                    .append(JsonLine.quoted(each.sql()))
                    .append(", \"class\": ")
                    .append(JsonLine.quoted(each.lane().className()))
                    .append(", \"schema\": ")
                    .append(JsonLine.quoted(each.schema()))
                    .append("}\n");
        }
        return out.toString();
    }
}
