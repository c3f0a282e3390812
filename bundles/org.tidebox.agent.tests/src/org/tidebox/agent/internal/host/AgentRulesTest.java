package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.agent.internal.folders.FakeEngine;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Direction;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.RulePreview;

/** Rules of an agent that is reached over its control socket, and what they hold back. */
@Tag("D3")
@Tag("D4")
@Tag("D5")
class AgentRulesTest extends OnAgentProcess {
    private static Action decision(Decider decider, String path) {
        return decider.decide(Candidate.file(path, 1, Instant.EPOCH), Instant.EPOCH).action();
    }

    @Test
    void rulesReachTheEngineAtOnceAndAfterRestarts() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        String folder = documents.toString();
        assertThat(agent().rules(folder).up().rules()).isEmpty();
        assertThat(engine.ruled).isEqualTo(FolderRules.NONE);
        assertThat(temporary.resolve("home/configuration.xmi")).doesNotExist();

        RuleReport report = agent().addRule(new RuleRequest(folder, true, "in films", "hold", 0));
        assertThat(report.up().rules()).containsExactly(new RuleReport.Line("in films", "hold"));
        agent().addRule(new RuleRequest(folder, true, "in work", "transfer", 1));
        assertThat(agent().setDefault(folder, false, "ask").down().otherwise()).isEqualTo("ask");
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.HOLD);
        assertThat(decision(engine.ruled.download(), "films/a")).isEqualTo(Action.ASK);
        stop();
        engine.ruled = null;
        start(false);
        await().atMost(SOON).until(() -> engine.ruled != null);
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.HOLD);
        assertThat(decision(engine.ruled.upload(), "work/films/a")).isEqualTo(Action.TRANSFER);

        assertThat(agent().removeRule(folder, true, 2).up().rules())
                .containsExactly(new RuleReport.Line("in work", "transfer"));
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.TRANSFER);
    }

    @Test
    void ownerOfTheDeviceChangesWhatIsIgnored() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        Path file = temporary.resolve("home/ignore");
        assertThat(file).hasContent(engine.ignored);
        assertThat(engine.ignored).contains("~$*", ".DS_Store", "Thumbs.db", "*.part");
        engine.runs.clear();
        Files.writeString(file, "*.bak\n");
        await().atMost(SOON).until(() -> "*.bak\n".equals(engine.ignored));
        await().atMost(SOON)
                .until(() -> engine.runs.stream().anyMatch(run -> run.scope().equals(ScanScope.EVERYTHING)));
        stop();
        Files.writeString(file, "*.old\n");
        start(false);
        await().atMost(SOON).until(() -> "*.old\n".equals(engine.ignored));
    }

    @Test
    void previewOfARuleChangesNothing() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        String folder = documents.toString();
        RulePreview preview = agent().previewRule(new RuleRequest(folder, true, "in films", "hold", 0));
        assertThat(preview).isEqualTo(new RulePreview(1, 2, 3, 4));
        assertThat(decision(engine.previewed.upload(), "films/a")).isEqualTo(Action.HOLD);
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.TRANSFER);
        assertThat(agent().rules(folder).up().rules()).isEmpty();
        assertThat(temporary.resolve("home/configuration.xmi")).doesNotExist();
        assertThatThrownBy(() -> agent().previewRule(new RuleRequest(folder, true, "size > 1", "hold", 0)))
                .hasMessageContaining("has no unit");
        agent().pauseFolder(folder);
        assertThatThrownBy(() -> agent().previewRule(new RuleRequest(folder, true, "all", "hold", 0)))
                .hasMessageContaining("FolderRests");
    }

    @Test
    void rulesThatCannotBeUsedAreRefusedAndChangeNothing() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        String folder = documents.toString();
        agent().addRule(new RuleRequest(folder, true, "size > 1 MB", "hold", 0));
        for (RuleRequest bad : List.of(new RuleRequest(folder, true, "size > 1", "hold", 0),
                new RuleRequest(folder, true, "size > 2 MB", "ask", 0),
                new RuleRequest(folder, true, "all", "keep", 0),
                new RuleRequest(temporary.toString(), true, "all", "hold", 0))) {
            assertThatThrownBy(() -> agent().addRule(bad)).as("%s", bad).isInstanceOf(AgentException.class);
        }
        assertThatThrownBy(() -> agent().removeRule(folder, false, 1))
                .hasMessageContaining("NoSuchRule[upload=false, number=1");
        assertThat(agent().rules(folder).up().rules()).hasSize(1);
    }

    @Test
    void nothingIsTransferredWhileTheRulesCannotBeRead() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        agent().addRule(new RuleRequest(documents.toString(), true, "in films", "hold", 0));
        stop();
        Files.delete(temporary.resolve("home/configuration-good-1.xmi"));
        Files.writeString(temporary.resolve("home/configuration.xmi"), "<half");
        start(false);
        await().atMost(SOON).until(() -> decision(engine.ruled.upload(), "a") == Action.HOLD);
        assertThat(decision(engine.ruled.download(), "a")).isEqualTo(Action.HOLD);
        assertThatThrownBy(() -> agent().rules(documents.toString())).hasMessageContaining("no good copy")
                .hasMessageNotContaining("..");
    }

    @Test
    void ruleThatWasSpoiltByHandHoldsItsDirectionAndIsTold() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        agent().addRule(new RuleRequest(documents.toString(), true, "size > 5 MB", "hold", 0));
        stop();
        Path file = temporary.resolve("home/configuration.xmi");
        Files.writeString(file, Files.readString(file).replace("5 MB", "5"));
        engines.clear();
        start(false);
        await().atMost(SOON).until(() -> engines.containsKey(documents) && engines.get(documents).ruled != null);
        FolderRules rules = engines.get(documents).ruled;
        assertThat(decision(rules.upload(), "a")).isEqualTo(Action.HOLD);
        assertThat(decision(rules.download(), "a")).isEqualTo(Action.TRANSFER);
        assertThat(agent().rules(documents.toString()).problem()).contains("upload rule 1", "has no unit",
                "at character 8");
        agent().removeRule(documents.toString(), true, 1);
        assertThat(decision(engines.get(documents).ruled.upload(), "a")).isEqualTo(Action.TRANSFER);
    }

    @Test
    void rulesOfARemovedFolderGoWithIt() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        agent().addRule(new RuleRequest(documents.toString(), true, "in films", "hold", 0));
        agent().removeFolder(documents.toString());
        assertThat(temporary.resolve("home/configuration.xmi")).content().doesNotContain("films");
        agent().addFolder(documents.toString(), null, false);
        assertThat(agent().rules(documents.toString()).up().rules()).isEmpty();
    }

    @Test
    @Tag("D1")
    @Tag("D2")
    void candidatesAreFoundAsIsSaidForEachDirection() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        String folder = documents.toString();
        RuleReport report = agent().setCandidates(folder, false, "since-transfer");
        assertThat(report.down().candidates()).isEqualTo("since-transfer");
        assertThat(report.up().candidates()).isEqualTo("index");
        FolderRules rules = engines.get(documents).ruled;
        assertThat(rules.isNone()).isFalse();
        assertThat(rules.candidates(Direction.DOWNLOAD)).isEqualTo(CandidateMode.SINCE_TRANSFER);
        assertThat(rules.candidates(Direction.UPLOAD)).isEqualTo(CandidateMode.INDEX);
        assertThatThrownBy(() -> agent().setCandidates(folder, true, "newest")).hasMessageContaining("since-transfer");
        agent().setCandidates(folder, false, "index");
        assertThat(engines.get(documents).ruled.isNone()).isTrue();
    }

    @Test
    void ownGroupsOfTypesDecideAtOnce() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        String folder = documents.toString();
        assertThat(agent().typeGroups()).extracting(TypeGroupReport::name).contains("documents", "pictures", "films");
        assertThat(agent().setTypeGroup("Scans", List.of("JPG", "odt")))
                .isEqualTo(new TypeGroupReport("scans", List.of("jpg", "odt"), true));
        agent().addRule(new RuleRequest(folder, true, "type scans", "hold", 0));
        FakeEngine engine = engines.get(documents);
        assertThat(decision(engine.ruled.upload(), "a.odt")).isEqualTo(Action.HOLD);
        agent().setTypeGroup("scans", List.of("jpg"));
        assertThat(decision(engine.ruled.upload(), "a.odt")).isEqualTo(Action.TRANSFER);
        assertThatThrownBy(() -> agent().removeTypeGroup("scans")).hasMessageContaining("Nothing was changed")
                .hasMessageContaining("no type 'scans'");
        agent().removeRule(folder, true, 1);
        agent().removeTypeGroup("scans");
        assertThat(agent().typeGroups()).extracting(TypeGroupReport::own).containsOnly(false);
    }

    @Test
    void groupsThatCannotBeUsedAreRefusedAndChangeNothing() throws Exception {
        agent().setTypeGroup("one", List.of("jpg"));
        agent().setTypeGroup("two", List.of("one", "odt"));
        assertThatThrownBy(() -> agent().setTypeGroup("one", List.of("two")))
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("hold each other: one > two > one; take one out");
        assertThatThrownBy(() -> agent().setTypeGroup("pictures", List.of("pictures", "odt")))
                .hasMessageContaining("pictures > pictures");
        assertThatThrownBy(() -> agent().setTypeGroup("three", List.of("odtt"))).hasMessageContaining("no type 'odtt'");
        assertThatThrownBy(() -> agent().setTypeGroup("a b", List.of("jpg"))).hasMessageContaining("no name");
        assertThatThrownBy(() -> agent().setTypeGroup("three", List.of())).hasMessageContaining("names no type");
        assertThatThrownBy(() -> agent().removeTypeGroup("one")).hasMessageContaining("no type 'one'");
        assertThatThrownBy(() -> agent().removeTypeGroup("books")).hasMessageContaining("NoOwnTypeGroup");
        assertThat(agent().typeGroups()).filteredOn(TypeGroupReport::own).extracting(TypeGroupReport::types)
                .containsExactly(List.of("jpg"), List.of("one", "odt"));
    }
}
