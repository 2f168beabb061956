package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnAssessment.Scorable;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The scores of all columns of a window, and the levels that their families leave them. */
final class Judgement {

  private static final Role[] ROLES = Role.values();

  private final List<ColumnReference> references;
  private final List<ColumnAssessment> assessments;
  private final Map<Role, FamilyLevels> levels = new EnumMap<>(Role.class);

  Judgement(List<ColumnReference> references, List<BinnedCounts> current, DriftSettings settings) {
    this.references = references;
    this.assessments = new ArrayList<>(references.size());
    for (int i = 0; i < references.size(); i++) {
      assessments.add(ColumnAssessment.of(references.get(i), current.get(i), settings));
    }
    for (Role role : ROLES) {
      levels.put(role, FamilyLevels.of(family(role), settings));
    }
  }

  ColumnAssessment assessment(int column) {
    return assessments.get(column);
  }

  FamilyLevels levels(int column) {
    return Objects.requireNonNull(levels.get(references.get(column).column().role()));
  }

  private List<ColumnScores> family(Role role) {
    List<ColumnScores> family = new ArrayList<>();
    for (int i = 0; i < assessments.size(); i++) {
      if (references.get(i).column().role() == role
          && assessments.get(i) instanceof Scorable scorable) {
        family.add(scorable.scores());
      }
    }
    return family;
  }
}
