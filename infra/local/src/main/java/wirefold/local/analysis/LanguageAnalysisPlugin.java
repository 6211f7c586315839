package wirefold.local.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.ScandinavianFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.PreConfiguredCharFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenizer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * What Wirefold's index templates use of Elasticsearch's analysis-common module, which is not on Maven Central: made of
 * the same Lucene classes, under the same names, with the same settings. The server itself brings the tokenizer
 * {@code standard}, the filters {@code lowercase}, {@code stop}, {@code shingle} and {@code hunspell} and the analyzers
 * {@code standard}, {@code simple}, {@code whitespace}, {@code stop} and {@code keyword}.
 *
 * <p>Of analysis-common, absent here: the filters {@code stemmer}, {@code snowball}, {@code synonym}, {@code ngram},
 * {@code word_delimiter}, {@code pattern_replace}, {@code keyword_marker}, {@code dictionary_decompounder}, {@code lowercase}
 * with a language, and the like; the tokenizers other than keyword, letter and whitespace; the character filters
 * {@code mapping} and {@code pattern_replace}; the analyzers {@code snowball}, {@code pattern}, {@code fingerprint} and
 * {@code chinese}. A template that names one of them is refused by this node with a clear message.
 */
public final class LanguageAnalysisPlugin extends Plugin implements AnalysisPlugin {
    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> providers = new HashMap<>();
        // An index closes its analyzers with itself, so that each index gets one of its own.
        Language.all().forEach((type, language) ->
            providers.put(
                type,
                (index, environment, name, settings) -> new Provider(name, environment, settings, language)));
        return providers;
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "asciifolding", (index, environment, name, settings) -> {
                boolean preserveOriginal = settings.getAsBoolean("preserve_original", false);
                return Filter.normalizing(name, tokens -> new ASCIIFoldingFilter(tokens, preserveOriginal));
            },
            "edge_ngram", (index, environment, name, settings) -> {
                int shortest = settings.getAsInt("min_gram", 1);
                int longest = settings.getAsInt("max_gram", 2);
                boolean preserveOriginal = settings.getAsBoolean("preserve_original", false);
                return Filter.of(name, tokens -> new EdgeNGramTokenFilter(tokens, shortest, longest, preserveOriginal));
            },
            "elision", (index, environment, name, settings) -> {
                CharArraySet given = Analysis.parseArticles(environment, settings);
                CharArraySet articles = given == null ? FrenchAnalyzer.DEFAULT_ARTICLES : given;
                return Filter.normalizing(name, tokens -> new ElisionFilter(tokens, articles));
            },
            "length", (index, environment, name, settings) -> {
                int shortest = settings.getAsInt("min", 0);
                int longest = settings.getAsInt("max", Integer.MAX_VALUE);
                return Filter.of(name, tokens -> new LengthFilter(tokens, shortest, longest));
            });
    }

    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        return List.of(
            PreConfiguredTokenFilter.singleton("arabic_normalization", true, ArabicNormalizationFilter::new),
            PreConfiguredTokenFilter.singleton("asciifolding", true, ASCIIFoldingFilter::new),
            PreConfiguredTokenFilter.singleton("cjk_bigram", false, CJKBigramFilter::new),
            PreConfiguredTokenFilter.singleton("cjk_width", true, CJKWidthFilter::new),
            PreConfiguredTokenFilter.singleton("decimal_digit", true, DecimalDigitFilter::new),
            PreConfiguredTokenFilter.singleton("german_normalization", true, GermanNormalizationFilter::new),
            PreConfiguredTokenFilter.singleton("hindi_normalization", true, HindiNormalizationFilter::new),
            PreConfiguredTokenFilter.singleton("indic_normalization", true, IndicNormalizationFilter::new),
            PreConfiguredTokenFilter.singleton("kstem", false, KStemFilter::new),
            PreConfiguredTokenFilter.singleton("persian_normalization", true, PersianNormalizationFilter::new),
            PreConfiguredTokenFilter.singleton("porter_stem", false, PorterStemFilter::new),
            PreConfiguredTokenFilter.singleton("remove_duplicates", false, RemoveDuplicatesTokenFilter::new),
            PreConfiguredTokenFilter.singleton("reverse", false, ReverseStringFilter::new),
            PreConfiguredTokenFilter.singleton("scandinavian_folding", true, ScandinavianFoldingFilter::new),
            PreConfiguredTokenFilter.singleton("trim", true, TrimFilter::new),
            PreConfiguredTokenFilter.singleton("uppercase", true, UpperCaseFilter::new));
    }

    @Override
    public List<PreConfiguredTokenizer> getPreConfiguredTokenizers() {
        return List.of(
            PreConfiguredTokenizer.singleton("keyword", KeywordTokenizer::new),
            PreConfiguredTokenizer.singleton("letter", LetterTokenizer::new),
            PreConfiguredTokenizer.singleton("whitespace", WhitespaceTokenizer::new));
    }

    @Override
    public List<PreConfiguredCharFilter> getPreConfiguredCharFilters() {
        return List.of(PreConfiguredCharFilter.singleton("html_strip", false, HTMLStripCharFilter::new));
    }

    private static final class Provider extends AbstractIndexAnalyzerProvider<Analyzer> {
        private final Analyzer analyzer;

        Provider(String name, Environment environment, Settings settings, Language language) {
            super(name);
            CharArraySet stopWords = Analysis.parseStopWords(environment, settings, language.defaultStopWords().get());
            CharArraySet notStemmed = Analysis.parseStemExclusion(settings, CharArraySet.EMPTY_SET);
            analyzer = language.constructor().apply(stopWords, notStemmed);
        }

        @Override
        public Analyzer get() {
            return analyzer;
        }
    }
}
