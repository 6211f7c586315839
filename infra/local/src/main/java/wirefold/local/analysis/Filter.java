package wirefold.local.analysis;

import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** A token filter with its settings read. */
class Filter extends AbstractTokenFilterFactory {
    private final UnaryOperator<TokenStream> filter;

    private Filter(String name, UnaryOperator<TokenStream> filter) {
        super(name);
        this.filter = filter;
    }

    static TokenFilterFactory of(String name, UnaryOperator<TokenStream> filter) {
        return new Filter(name, filter);
    }

    /** One that changes characters only, and so may also be used in the normalizer of a keyword field. */
    static TokenFilterFactory normalizing(String name, UnaryOperator<TokenStream> filter) {
        return new Normalizing(name, filter);
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        return filter.apply(tokens);
    }

    private static final class Normalizing extends Filter implements NormalizingTokenFilterFactory {
        Normalizing(String name, UnaryOperator<TokenStream> filter) {
            super(name, filter);
        }
    }
}
