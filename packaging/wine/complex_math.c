/* The complex functions that Wine 10 lacks in Windows' C library, as NumPy and SciPy call them: numbers travel as structures. */
#include <complex.h>

typedef struct { float re, im; } single;
typedef struct { double re, im; } whole;

static float _Complex of_single(single a) { float _Complex z; __real__ z = a.re; __imag__ z = a.im; return z; }
static double _Complex of_whole(whole a) { double _Complex z; __real__ z = a.re; __imag__ z = a.im; return z; }
static single to_single(float _Complex z) { single a = {__real__ z, __imag__ z}; return a; }
static whole to_whole(double _Complex z) { whole a = {__real__ z, __imag__ z}; return a; }

/* Windows has no longer floats than double, so the third of each name is the second. */
#define NUMBER(of) \
    float own_##of##f(single a) { return of##f(of_single(a)); } \
    double own_##of(whole a) { return of(of_whole(a)); } \
    double own_##of##l(whole a) { return of(of_whole(a)); }
#define COMPLEX(of) \
    single own_##of##f(single a) { return to_single(of##f(of_single(a))); } \
    whole own_##of(whole a) { return to_whole(of(of_whole(a))); } \
    whole own_##of##l(whole a) { return to_whole(of(of_whole(a))); }

NUMBER(cabs) NUMBER(carg) NUMBER(creal) NUMBER(cimag)
COMPLEX(cexp) COMPLEX(clog) COMPLEX(csqrt) COMPLEX(csin) COMPLEX(ccos) COMPLEX(ctan) COMPLEX(csinh) COMPLEX(ccosh) COMPLEX(ctanh)
COMPLEX(casin) COMPLEX(cacos) COMPLEX(catan) COMPLEX(casinh) COMPLEX(cacosh) COMPLEX(catanh) COMPLEX(conj) COMPLEX(cproj)

single own_cpowf(single a, single b) { return to_single(cpowf(of_single(a), of_single(b))); }
whole own_cpow(whole a, whole b) { return to_whole(cpow(of_whole(a), of_whole(b))); }
whole own_cpowl(whole a, whole b) { return to_whole(cpow(of_whole(a), of_whole(b))); }
