package io.heliosjdbc.classifier;

import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.hints.Priority;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, and why. Immutable; the same instance comes back as long as the decision stands, so that callers
 * can hang what they derive from it on its identity.
 *
 * @param serviceClass the service class's name
 * @param userLoad the user load
 * @param accountOwner whose account of that load, or null where the load has one account
 * @param transactionType the hint {@code transaction=}, else what the template of the transaction's first statement goes by
 * @param template what the statement's template goes by: {@link StatementProfile#templateName}
 * @param priority its priority
 * @param reason why, in words for the administrator
 * @param deadlineMillis hint {@code deadline_ms}, or null
 * @param estimateMillis the execution time estimate before any observation: hint {@code estimate_ms}, the engine's
 *     estimate, or null where only the class's default is left
 * @param estimate what the database thinks of the statement, or null
 * @param tenant whose request it is, or null
 * @param tier the tenant's tier
 * @param origin what the comment adds to what the connection says of who asks
 */
public record Classification(
        String serviceClass,
        UserLoad userLoad,
        @Nullable String accountOwner,
        String transactionType,
        String template,
        Priority priority,
        String reason,
        @Nullable Long deadlineMillis,
        @Nullable Long estimateMillis,
        @Nullable Estimate estimate,
        @Nullable String tenant,
        String tier,
        Origin origin) {

    /** Whether the estimate is a hint's, and not the database's. */
    public boolean estimateIsHinted() {
        return estimateMillis != null && (estimate == null || !estimateMillis.equals(estimate.wholeDurationMillis()));
    }

    /** Without the database's estimate, of the standard tier, of unknown origin. */
    public Classification(
            String serviceClass,
            UserLoad userLoad,
            @Nullable String accountOwner,
            String transactionType,
            String template,
            Priority priority,
            String reason,
            @Nullable Long deadlineMillis,
            @Nullable Long estimateMillis) {
        this(
                serviceClass,
                userLoad,
                accountOwner,
                transactionType,
                template,
                priority,
                reason,
                deadlineMillis,
                estimateMillis,
                null,
                null,
                TenantTier.STANDARD,
                Origin.NONE);
    }
}
