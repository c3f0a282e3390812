package org.tidebox.model.tests;

import java.util.List;
import org.tidebox.model.Configuration;
import org.tidebox.model.FolderRules;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.ModelFile;
import org.tidebox.model.Rule;
import org.tidebox.model.RuleAction;
import org.tidebox.model.TypeGroup;

/** Configurations to test with. */
final class Samples {
    private Samples() {
    }

    /** A folder that sends documents and asks about the rest, and a group. */
    static Configuration configuration() {
        Configuration configuration = ModelFile.empty();
        FolderRules rules = folder("f1");
        rules.getUpload().getRules().add(rule("type documents", RuleAction.TRANSFER));
        rules.getUpload().setOtherwise(RuleAction.ASK);
        configuration.getFolders().add(rules);
        configuration.getGroups().add(group("mine", "odt", "image/*"));
        return configuration;
    }

    static FolderRules folder(String id) {
        FolderRules rules = ModelFactory.eINSTANCE.createFolderRules();
        rules.setFolder(id);
        rules.setUpload(ModelFactory.eINSTANCE.createRuleList());
        rules.setDownload(ModelFactory.eINSTANCE.createRuleList());
        return rules;
    }

    static Rule rule(String condition, RuleAction action) {
        Rule rule = ModelFactory.eINSTANCE.createRule();
        rule.setCondition(condition);
        rule.setAction(action);
        return rule;
    }

    static TypeGroup group(String name, String... types) {
        TypeGroup group = ModelFactory.eINSTANCE.createTypeGroup();
        group.setName(name);
        group.getTypes().addAll(List.of(types));
        return group;
    }
}
