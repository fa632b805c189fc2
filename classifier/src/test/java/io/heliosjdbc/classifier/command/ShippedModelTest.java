package io.heliosjdbc.classifier.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.corpus.Corpus;
import io.heliosjdbc.classifier.corpus.LabelledStatement;
import io.heliosjdbc.classifier.learned.Evaluation;
import io.heliosjdbc.classifier.learned.Model;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShippedModelTest {
    private static final int PER_CLASS_FOR_CROSS_VALIDATION = 40;

    /** Where this fails, the corpus, the features or the training changed: make the model anew, docs/classification.md says how. */
    @Test
    void theShippedModelIsWhatItsCommandMakes() {
        Model made = ModelTraining.model(Corpus.write(Corpus.SEED, Corpus.PER_CLASS));

        assertThat(made.corpusHash()).isEqualTo(Model.shipped().corpusHash());
        assertThat(made.write()).isEqualTo(Model.shipped().write());
    }

    @Test
    void onSchemasThatTrainingDidNotSeeItIsRight() {
        List<LabelledStatement> corpus = Corpus.write(Corpus.SEED, PER_CLASS_FOR_CROSS_VALIDATION);

        Evaluation evaluation = Evaluation.crossValidated(ModelTraining.examples(corpus), 5);

        assertThat(evaluation.statements()).isEqualTo(corpus.size());
        assertThat(evaluation.accuracy()).isGreaterThan(0.98);
    }

    @Test
    void theCorpusHasSixtySchemasAndMore() {
        Set<String> schemas = new HashSet<>();
        Corpus.write(Corpus.SEED, 1).forEach(each -> schemas.add(each.schema()));

        assertThat(schemas).hasSizeGreaterThan(60);
    }

    @Test
    void onStatementsThatPeopleWroteItIsRight() throws Exception {
        int statements = 0;
        for (String name : List.of("handwritten-1.jsonl", "handwritten-2.jsonl", "handwritten-3.jsonl")) {
            Path file = Path.of(
                    Objects.requireNonNull(ShippedModelTest.class.getResource("/io/heliosjdbc/classifier/" + name))
                            .toURI());
            CorpusFile corpus = CorpusFile.read(file.toString());
            Evaluation evaluation = Evaluation.of(Model.shipped(), corpus.examples());
            statements += evaluation.statements();

            assertThat(corpus.faults()).isEmpty();
            assertThat(evaluation.accuracy()).as(name).isGreaterThanOrEqualTo(0.95);
        }
        assertThat(statements).isGreaterThan(400);
    }
}
