package org.tidebox.model.internal;

import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.EValidator;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.tidebox.model.FolderRules;
import org.tidebox.model.Rule;
import org.tidebox.model.RuleList;
import org.tidebox.model.TypeGroup;

/** How messages name the parts of a configuration. */
public enum Labels implements EValidator.SubstitutionLabelProvider {
    /** The only one. */
    INSTANCE;

    /** Returns the name of a part. */
    public static String of(EObject object) {
        return switch (object) {
            case Rule rule -> place(rule);
            case FolderRules rules -> "the rules of sync folder " + rules.getFolder();
            case TypeGroup group -> "the group of types '" + group.getName() + "'";
            default -> "the " + object.eClass().getName();
        };
    }

    private static String place(Rule rule) {
        if (rule.eContainer() instanceof RuleList list) {
            String direction = list.eContainingFeature() == null ? "rule" : list.eContainingFeature().getName();
            return direction + " rule " + (list.getRules().indexOf(rule) + 1);
        }
        return "a rule";
    }

    @Override
    public String getObjectLabel(EObject object) {
        return of(object);
    }

    @Override
    public String getFeatureLabel(EStructuralFeature feature) {
        return feature.getName();
    }

    @Override
    public String getValueLabel(EDataType type, Object value) {
        return EcoreUtil.convertToString(type, value);
    }
}
