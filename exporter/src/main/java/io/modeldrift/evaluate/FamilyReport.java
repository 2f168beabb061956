package io.modeldrift.evaluate;

import io.modeldrift.inference.Role;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.RollUp;
import java.util.Optional;

/**
 * The columns of one role in one window, judged together.
 *
 * @param role inputs, outputs or derived columns
 * @param state of the family: outputs have the state of their worst column, others are drifted from
 *     a share of drifted columns on
 * @param rollUp shares and weighted score over the columns with a verdict; absent if there are none
 * @param worstColumn name of the column with the largest drift score
 */
public record FamilyReport(
    Role role, DriftState state, Optional<RollUp> rollUp, Optional<String> worstColumn) {}
