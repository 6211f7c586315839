package wirefold.local.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** One language's analyzer: its default stop words, and how to make it of stop words and words not to be stemmed. */
record Language(
    Supplier<CharArraySet> defaultStopWords,
    BiFunction<CharArraySet, CharArraySet, Analyzer> constructor) {

    /** Every language of Elasticsearch's analysis-common module, under that module's names. */
    static Map<String, Language> all() {
        Map<String, Language> all = new HashMap<>();
        all.put("arabic", stemmed(ArabicAnalyzer::getDefaultStopSet, ArabicAnalyzer::new));
        all.put("armenian", stemmed(ArmenianAnalyzer::getDefaultStopSet, ArmenianAnalyzer::new));
        all.put("basque", stemmed(BasqueAnalyzer::getDefaultStopSet, BasqueAnalyzer::new));
        all.put("bengali", stemmed(BengaliAnalyzer::getDefaultStopSet, BengaliAnalyzer::new));
        all.put("brazilian", stemmed(BrazilianAnalyzer::getDefaultStopSet, BrazilianAnalyzer::new));
        all.put("bulgarian", stemmed(BulgarianAnalyzer::getDefaultStopSet, BulgarianAnalyzer::new));
        all.put("catalan", stemmed(CatalanAnalyzer::getDefaultStopSet, CatalanAnalyzer::new));
        all.put("cjk", unstemmed(CJKAnalyzer::getDefaultStopSet, CJKAnalyzer::new));
        all.put("czech", stemmed(CzechAnalyzer::getDefaultStopSet, CzechAnalyzer::new));
        all.put("danish", stemmed(DanishAnalyzer::getDefaultStopSet, DanishAnalyzer::new));
        all.put("dutch", stemmed(DutchAnalyzer::getDefaultStopSet, DutchAnalyzer::new));
        all.put("english", stemmed(EnglishAnalyzer::getDefaultStopSet, EnglishAnalyzer::new));
        all.put("estonian", stemmed(EstonianAnalyzer::getDefaultStopSet, EstonianAnalyzer::new));
        all.put("finnish", stemmed(FinnishAnalyzer::getDefaultStopSet, FinnishAnalyzer::new));
        all.put("french", stemmed(FrenchAnalyzer::getDefaultStopSet, FrenchAnalyzer::new));
        all.put("galician", stemmed(GalicianAnalyzer::getDefaultStopSet, GalicianAnalyzer::new));
        all.put("german", stemmed(GermanAnalyzer::getDefaultStopSet, GermanAnalyzer::new));
        all.put("greek", unstemmed(GreekAnalyzer::getDefaultStopSet, GreekAnalyzer::new));
        all.put("hindi", stemmed(HindiAnalyzer::getDefaultStopSet, HindiAnalyzer::new));
        all.put("hungarian", stemmed(HungarianAnalyzer::getDefaultStopSet, HungarianAnalyzer::new));
        all.put("indonesian", stemmed(IndonesianAnalyzer::getDefaultStopSet, IndonesianAnalyzer::new));
        all.put("irish", stemmed(IrishAnalyzer::getDefaultStopSet, IrishAnalyzer::new));
        all.put("italian", stemmed(ItalianAnalyzer::getDefaultStopSet, ItalianAnalyzer::new));
        all.put("latvian", stemmed(LatvianAnalyzer::getDefaultStopSet, LatvianAnalyzer::new));
        all.put("lithuanian", stemmed(LithuanianAnalyzer::getDefaultStopSet, LithuanianAnalyzer::new));
        all.put("norwegian", stemmed(NorwegianAnalyzer::getDefaultStopSet, NorwegianAnalyzer::new));
        all.put("persian", unstemmed(PersianAnalyzer::getDefaultStopSet, PersianAnalyzer::new));
        all.put("portuguese", stemmed(PortugueseAnalyzer::getDefaultStopSet, PortugueseAnalyzer::new));
        all.put("romanian", stemmed(RomanianAnalyzer::getDefaultStopSet, RomanianAnalyzer::new));
        all.put("russian", stemmed(RussianAnalyzer::getDefaultStopSet, RussianAnalyzer::new));
        all.put("serbian", stemmed(SerbianAnalyzer::getDefaultStopSet, SerbianAnalyzer::new));
        all.put("sorani", stemmed(SoraniAnalyzer::getDefaultStopSet, SoraniAnalyzer::new));
        all.put("spanish", stemmed(SpanishAnalyzer::getDefaultStopSet, SpanishAnalyzer::new));
        all.put("swedish", stemmed(SwedishAnalyzer::getDefaultStopSet, SwedishAnalyzer::new));
        all.put("thai", unstemmed(ThaiAnalyzer::getDefaultStopSet, ThaiAnalyzer::new));
        all.put("turkish", stemmed(TurkishAnalyzer::getDefaultStopSet, TurkishAnalyzer::new));
        return all;
    }

    private static Language stemmed(
        Supplier<CharArraySet> stopWords, BiFunction<CharArraySet, CharArraySet, Analyzer> constructor) {
        return new Language(stopWords, constructor);
    }

    private static Language unstemmed(Supplier<CharArraySet> stopWords, Function<CharArraySet, Analyzer> constructor) {
        return new Language(stopWords, (stop, notStemmed) -> constructor.apply(stop));
    }
}
