package wirefold.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node out of the jars that are on Maven Central, in the place of the distribution's launcher.
 *
 * <p>Usage: {@code ElasticsearchNode HOME CONFIG}. HOME has {@code modules} and {@code plugins}; CONFIG has
 * {@code elasticsearch.yml} and {@code log4j2.properties}. It runs until it gets SIGTERM.
 *
 * <p>It is the real engine, but not the whole distribution: what is not on Maven Central is absent. Index templates,
 * queries and operations have to do without it if they are to work on every engine (each seen refused by this node):
 * <ul>
 *   <li>the native library: no {@code index.codec: best_compression} (zstd): the index is created, but its first
 *       refresh fails;</li>
 *   <li>x-pack: security (no TLS, no users), index life cycle, data tiers, SQL, ES|QL, transforms, async search, the
 *       fields wildcard, version, constant_keyword, geo_shape and semantic_text, and the answer to {@code GET /} (clients
 *       must not ask for it);</li>
 *   <li>lang-painless, lang-expression, lang-mustache: no scripts in updates, queries or runtime fields, no search
 *       templates;</li>
 *   <li>reindex: no {@code _reindex}, {@code _update_by_query}, {@code _delete_by_query};</li>
 *   <li>ingest-common (no ingest processors), data-streams, percolator, rank-eval, parent-join (no join field);</li>
 *   <li>mapper-extras: no field scaled_float, rank_feature, search_as_you_type, match_only_text, token_count;</li>
 *   <li>aggregations: no auto_date_histogram, bucket_sort, bucket_selector and what else lies in that module;</li>
 *   <li>analysis-common: LanguageAnalysisPlugin stands in for a part of it and says which;</li>
 *   <li>the entitlements and the bootstrap checks: the node runs as whoever starts it.</li>
 * </ul>
 * There are: templates, aliases, bulk with external versions, search with highlighting, collapse, suggesters, points in
 * time, kNN; the fields text, keyword with normalizer, completion, date, numbers, geo_point, nested, flattened, ip, ranges,
 * dense_vector, sparse_vector.
 */
public final class ElasticsearchNode {
    private static final long CLOSE_SECONDS = 10;

    private ElasticsearchNode() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: ElasticsearchNode HOME CONFIG");
            System.exit(64);
        }
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path config = Path.of(arguments[1]).toAbsolutePath();

        try {
            run(home, config);
        } catch (Throwable problem) {
            // The node's threads would keep a half-started process alive.
            problem.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Path home, Path config) throws Exception {
        LogConfigurator.registerErrorListener();
        Settings base = Settings.builder().put("path.home", home.toString()).build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(base, Map.of(), config, () -> "local");
        LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
        LogConfigurator.configure(environment, true);

        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(home.resolve("modules"), false),
            PluginsLoader.loadPluginsBundles(home.resolve("plugins"), false),
            Map.of(),
            false);
        Node node = new Node(environment, plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
        node.start();
        new CountDownLatch(1).await();
    }

    private static void close(Node node) {
        try {
            node.close();
            if (!node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the node did not close within " + CLOSE_SECONDS + " s");
            }
        } catch (IOException problem) {
            problem.printStackTrace();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
