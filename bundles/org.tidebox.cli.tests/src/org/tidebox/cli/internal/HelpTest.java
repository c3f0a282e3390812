package org.tidebox.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.cli.internal.shell.GlobalOptions;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Help;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help of each command is in the file of texts, and nothing else is. */
@Tag("P5")
class HelpTest {
    private final ResourceBundle texts = Help.in(Locale.ROOT);
    private final Set<String> used = new HashSet<>();
    private final List<String> missing = new ArrayList<>();

    @Test
    void eachCommandOptionAndParameterIsDescribedAndEachTextIsUsed() {
        CommandLine root = CommandTree.build(new Context(Shell.ofProcess(), new GlobalOptions()), List.of());
        root.setResourceBundle(texts);
        look(root);
        assertThat(missing).isEmpty();
        assertThat(texts.keySet().stream().map(HelpTest::withoutLine)).allMatch(used::contains);
        assertThat(used).hasSizeGreaterThan(100);
    }

    @Test
    void aLanguageWithoutTextsGetsTheEnglishOnes() {
        assertThat(Help.in(Locale.JAPANESE).getString("help")).isEqualTo("Show this help.");
    }

    private void look(CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        String name = command.qualifiedName(".");
        described(name, command.usageMessage().description(), name + ".usage.description");
        if (command.usageMessage().footer().length > 0) {
            used.add(name + ".usage.footer");
        }
        for (OptionSpec option : command.options()) {
            String key = option.longestName().substring(2);
            described(name + " --" + key, option.description(), isForAll(option) ? key : name + "." + key);
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String key = parameter.paramLabel() + "[" + parameter.index() + "]";
            described(name + " " + key, parameter.description(), name + "." + key);
        }
        command.subcommands().values().forEach(this::look);
    }

    private static boolean isForAll(ArgSpec option) {
        return option.scopeType() == CommandLine.ScopeType.INHERIT || option.inherited();
    }

    private void described(String what, String[] description, String key) {
        if (description.length == 0 || String.join("", description).isBlank()) {
            missing.add(what);
        }
        used.add(key);
    }

    private static String withoutLine(String key) {
        return key.replaceFirst("\\.\\d+$", "");
    }
}
